import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import schema from '../../docs/memtrack.schema.json' with { type: 'json' };

let validate: ValidateFunction | null = null;

/** What the published schema has against a config file; compiled when it is first asked. */
export function checkAgainstSchema(data: unknown): readonly ErrorObject[] {
  validate ??= new Ajv({ allErrors: true, allowUnionTypes: true, verbose: true }).compile(schema);
  validate(data);
  return validate.errors ?? [];
}
