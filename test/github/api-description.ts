/**
 * What GitHub's OpenAPI description says a request and an answer may look like, as a judge: JSON Schema by ajv,
 * stricter than GitHub itself in one point: a query parameter or body field it does not know is a problem.
 */
import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';

const addFormats = addFormatsModule.default;

/** One method of one path of the description. */
export interface ApiOperation {
  /** GitHub's and Octokit's name of it, such as `issues/create-comment`. */
  readonly id: string;
  readonly method: string;
  /** Such as `/repos/{owner}/{repo}/issues/{issue_number}/comments`. */
  readonly pathTemplate: string;
}

/** A request as it came in: the path still percent-encoded, the body already parsed, or undefined without one. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface JudgedRequest {
  /** Null when the description has no such path and method. */
  readonly operation: ApiOperation | null;
  /** Decoded and turned into the types the description gives them. */
  readonly pathParameters: Readonly<Record<string, string | number>>;
  /** Decoded, typed, and with the documented defaults filled in. */
  readonly query: Readonly<Record<string, unknown>>;
  /** What is wrong, one sentence each; empty when nothing is. */
  readonly problems: readonly string[];
}

export interface ApiDescription {
  readonly operations: readonly ApiOperation[];
  judgeRequest(request: ApiRequest): JudgedRequest;
  /** The problems of an answer that we are about to give. `body` is undefined for an empty one. */
  judgeResponse(operation: ApiOperation, status: number, body: unknown): readonly string[];
  /** A fresh copy of one of GitHub's own example values, such as `pull-request`. */
  example(name: string): unknown;
  /** The names that `example` knows, each the name of its schema too. */
  readonly exampleNames: readonly string[];
  /** The problems of a value against a schema of the description, such as `pull-request`. */
  judgeValue(schemaName: string, value: unknown): readonly string[];
}

interface Schema {
  readonly [keyword: string]: unknown;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required?: boolean;
  readonly schema: Schema;
  readonly 'x-multi-segment'?: boolean;
}

interface Reference {
  readonly $ref: string;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
  readonly required?: boolean;
}

interface OperationDescription {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content | Reference>>;
}

interface DescriptionFile {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationDescription>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly responses: Readonly<Record<string, Content>>;
    readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
  };
}

interface CompiledOperation extends ApiOperation {
  readonly description: OperationDescription;
  readonly pattern: RegExp;
  readonly pathNames: readonly string[];
}

/** Octokit percent-encodes the slashes of these; GitHub takes them raw as well. */
const PARAMETERS_WITH_SLASHES = new Set(['basehead', 'path', 'ref']);

const SCHEMAS_ID = 'github';

let loaded: ApiDescription | undefined;

/** The description in openapi-subset.generated.json, read once. */
export function loadApiDescription(): ApiDescription {
  loaded ??= compileDescription(
    JSON.parse(readFileSync(new URL('openapi-subset.generated.json', import.meta.url), 'utf8')),
  );
  return loaded;
}

function compileDescription(file: DescriptionFile): ApiDescription {
  const operations = compileOperations(file);
  const validatorOf = validators(file);

  const jsonSchemaOf = (content: Content | undefined): Schema | null =>
    content?.content?.['application/json']?.schema ?? null;

  function judgeRequest(request: ApiRequest): JudgedRequest {
    const route = `${request.method} ${request.path}`;
    const found = operations
      .filter((operation) => operation.method === request.method)
      .map((operation) => ({ operation, match: operation.pattern.exec(request.path) }))
      .find(({ match }) => match !== null);
    if (!found?.match) {
      const problem = `${route}: not among the operations of openapi-subset.generated.json`;
      return { operation: null, pathParameters: {}, query: {}, problems: [problem] };
    }
    const { operation, match } = found;
    const parameters = parametersOf(file, operation.description);
    const pathParameters = Object.fromEntries(
      operation.pathNames.map((name, i) => [name, decodeURIComponent(match[i + 1] ?? '')]),
    );
    const query = queryValues(request.query);
    const problems = [
      ...validatorOf(`${operation.id} path`, true, () => parametersSchema(parameters, 'path'))(
        pathParameters,
      ),
      ...validatorOf(`${operation.id} query`, true, () => parametersSchema(parameters, 'query'))(query),
      ...judgeBody(operation, request.body),
    ];
    return {
      operation,
      pathParameters,
      query,
      problems: problems.map((problem) => `${route} (${operation.id}): ${problem}`),
    };
  }

  function judgeBody(operation: CompiledOperation, body: unknown): readonly string[] {
    const described = operation.description.requestBody;
    const schema = jsonSchemaOf(described);
    if (schema === null) return body === undefined ? [] : ['body is given, but this operation has none'];
    if (body === undefined) return described?.required ? ['body is missing'] : [];
    return validatorOf(`${operation.id} body`, false, () => closed(schema))(body);
  }

  function judgeResponse(operation: ApiOperation, status: number, body: unknown): readonly string[] {
    const { description } = operations.find(({ id }) => id === operation.id)!;
    const documented = description.responses[status];
    const response =
      documented && '$ref' in documented
        ? file.components.responses[componentName(documented.$ref)]
        : documented;
    // GitHub answers every operation with 401, 403, 404 and 422 at times, though it documents them for some only.
    const schema =
      jsonSchemaOf(response) ?? (status >= 400 ? { $ref: '#/components/schemas/basic-error' } : null);
    const where = `answer ${status} to ${operation.id}`;
    if (response === undefined && status < 400) return [`${where}: this status is not documented`];
    if (schema === null) return body === undefined ? [] : [`${where}: has a body, but none is documented`];
    return validatorOf(where, false, () => schema)(body).map((problem) => `${where}: ${problem}`);
  }

  return {
    operations,
    judgeRequest,
    judgeResponse,
    exampleNames: Object.keys(file.components.examples),
    example(name) {
      const example = file.components.examples[name];
      if (!example) throw new Error(`There is no example "${name}"; scripts/openapi-subset.ts lists them.`);
      return structuredClone(example.value);
    },
    judgeValue: (name, value) =>
      validatorOf(`schema ${name}`, false, () => ({ $ref: `#/components/schemas/${name}` }))(value),
  };
}

function compileOperations(file: DescriptionFile): readonly CompiledOperation[] {
  return Object.entries(file.paths).flatMap(([pathTemplate, methods]) =>
    Object.entries(methods).map(([method, description]) => {
      const names: string[] = [];
      const source = pathTemplate.replace(/\{(\w+)\}/g, (_, name: string) => {
        names.push(name);
        return PARAMETERS_WITH_SLASHES.has(name) ? '(.+)' : '([^/]+)';
      });
      return {
        id: description.operationId,
        method: method.toUpperCase(),
        pathTemplate,
        description,
        pattern: new RegExp(`^${source}$`),
        pathNames: names,
      };
    }),
  );
}

/** Compiles each schema on first use: an operation costs ten milliseconds, a test uses few of them. */
function validators(file: DescriptionFile) {
  const options = { strict: false, allErrors: true } as const;
  const ajvs = {
    exact: new Ajv(options),
    coercing: new Ajv({ ...options, coerceTypes: true, useDefaults: true }),
  };
  for (const ajv of Object.values(ajvs)) {
    addFormats(ajv);
    ajv.addFormat('timestamp', true);
    ajv.addFormat('repo.nwo', true);
    ajv.addSchema({ $id: SCHEMAS_ID, components: { schemas: toJsonSchema(file.components.schemas, true) } });
  }
  const compiled = new Map<string, ValidateFunction>();
  return (key: string, coerce: boolean, schema: () => Schema) =>
    (value: unknown): readonly string[] => {
      let validate = compiled.get(key);
      if (!validate) {
        validate = (coerce ? ajvs.coercing : ajvs.exact).compile(toJsonSchema(schema(), false) as Schema);
        compiled.set(key, validate);
      }
      const part = key.endsWith(' path') ? 'path' : key.endsWith(' query') ? 'query' : 'body';
      return validate(value) ? [] : (validate.errors ?? []).map((error) => describeError(part, error));
    };
}

/**
 * OpenAPI 3.0's dialect as the JSON Schema that ajv reads: `nullable` becomes one more type.
 * `keysAreNames` tells a map of properties, whose keys are no keywords.
 */
function toJsonSchema(value: unknown, keysAreNames: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => toJsonSchema(item, false));
  if (typeof value !== 'object' || value === null) return value;
  const schema: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (keysAreNames) schema[key] = toJsonSchema(inner, false);
    else if (key === '$ref') schema[key] = String(inner).replace(/^#/, `${SCHEMAS_ID}#`);
    else if (key === 'enum' || key === 'default' || key === 'required') schema[key] = inner;
    else if (key !== 'nullable') schema[key] = toJsonSchema(inner, key === 'properties');
  }
  if (keysAreNames || !('nullable' in value) || value.nullable !== true) return schema;
  if (typeof schema.type !== 'string') return { anyOf: [schema, { type: 'null' }] };
  if (Array.isArray(schema.enum)) schema.enum = [...new Set([...schema.enum, null])];
  return { ...schema, type: [schema.type, 'null'] };
}

function parametersOf(file: DescriptionFile, operation: OperationDescription): readonly Parameter[] {
  return (operation.parameters ?? []).map((parameter) =>
    '$ref' in parameter ? file.components.parameters[componentName(parameter.$ref)]! : parameter,
  );
}

function componentName(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

function parametersSchema(parameters: readonly Parameter[], place: Parameter['in']): Schema {
  const placed = parameters.filter((parameter) => parameter.in === place);
  return {
    type: 'object',
    properties: Object.fromEntries(placed.map(({ name, schema }) => [name, schema])),
    required: placed.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
}

/** A parameter given twice stays an array, which no documented parameter accepts. */
function queryValues(query: URLSearchParams): Record<string, unknown> {
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const values = query.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

/** The schema with every object that lists its properties closed to others. */
function closed(schema: Schema): Schema {
  const result: Record<string, unknown> = { ...schema };
  if (isSchema(schema.items)) result.items = closed(schema.items);
  if (isSchema(schema.properties)) {
    result.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, inner]) => [
        name,
        isSchema(inner) ? closed(inner) : inner,
      ]),
    );
    result.additionalProperties ??= false;
    // Alternatives beside properties of its own only add conditions to these: closing them would forbid the others.
    return result;
  }
  for (const keyword of ['oneOf', 'anyOf', 'allOf']) {
    const alternatives = schema[keyword];
    if (Array.isArray(alternatives)) result[keyword] = alternatives.map((one) => closed(one));
  }
  return result;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describeError(part: string, error: ErrorObject): string {
  const where = `${part}${error.instancePath.replaceAll('/', '.')}`;
  const { additionalProperty, allowedValues } = error.params as Record<string, unknown>;
  if (additionalProperty !== undefined) return `${where} has an unknown field "${additionalProperty}"`;
  if (allowedValues !== undefined) return `${where} must be one of ${JSON.stringify(allowedValues)}`;
  return `${where} ${error.message}`;
}
