import { describe, expect, it } from 'vitest';
import { childEnvironment, secretValues } from '../../src/workspace/environment.ts';

const TOKEN = 'ghs_0123456789abcdef';

describe('T02: childEnvironment', () => {
  it.each([
    'INPUT_RUN',
    'INPUT_GITHUB-TOKEN',
    'STATE_phase',
    'ACTIONS_RUNTIME_TOKEN',
    'ACTIONS_RESULTS_URL',
    'ACTIONS_CACHE_URL',
    'ACTIONS_ID_TOKEN_REQUEST_URL',
    'ACTIONS_ORCHESTRATION_ID',
    'GITHUB_TOKEN',
    'GH_TOKEN',
    'GITHUB_ENV',
    'GITHUB_OUTPUT',
    'GITHUB_PATH',
    'GITHUB_STATE',
    'GITHUB_STEP_SUMMARY',
    'NODE_OPTIONS',
    'GIT_ASKPASS',
    'SSH_ASKPASS',
    'GIT_CONFIG_COUNT',
    'GIT_CONFIG_VALUE_0',
    'GIT_CONFIG_PARAMETERS',
    'GIT_SSH_COMMAND',
    'SSH_AUTH_SOCK',
    'AWS_SECRET_ACCESS_KEY',
    'npm_config_password',
    'DB_PASSWD',
    'GOOGLE_APPLICATION_CREDENTIALS',
    'DEPLOY_PRIVATE_KEY',
    'MY_API_KEY',
    'APIKEY',
    'cargo_registry_token',
    // What differs from run to run would be in the heap of a program that copies its environment.
    'GITHUB_SHA',
    'GITHUB_RUN_ID',
    'GITHUB_HEAD_REF',
    'GITHUB_EVENT_NAME',
    'RUNNER_NAME',
    'JOURNAL_STREAM',
  ])('removes %s by its name', (name) => {
    expect(childEnvironment({ [name]: 'x' }, [])).toEqual({});
  });

  it.each([
    'PATH',
    'HOME',
    'CC',
    'CXX',
    'CFLAGS',
    'LDFLAGS',
    'RUSTFLAGS',
    'CARGO_HOME',
    'RUNNER_TRACKING_ID',
    'RUNNER_TEMP',
    'LD_LIBRARY_PATH',
    'PKG_CONFIG_PATH',
    'LANG',
    'CI',
    'GITHUB_ACTIONS',
    'GITHUB_WORKSPACE',
    'GIT_AUTHOR_NAME',
    '__proto__',
  ])('keeps %s', (name) => {
    const kept = childEnvironment(Object.fromEntries([[name, 'x']]), [TOKEN]);
    expect(Object.entries(kept)).toEqual([[name, 'x']]);
  });

  it('removes a variable of any name whose value holds a secret, plain or as basic authentication', () => {
    const parent = {
      FOO: TOKEN,
      URL: `https://x-access-token:${TOKEN}@github.com`,
      HEADER: `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${TOKEN}`).toString('base64')}`,
      PATH: '/usr/bin',
    };
    expect(childEnvironment(parent, [TOKEN])).toEqual({ PATH: '/usr/bin' });
  });

  it('knows the token of the job from the variable that holds it', () => {
    expect(childEnvironment({ GITHUB_TOKEN: TOKEN, FOO: TOKEN, CC: 'gcc' }, [])).toEqual({ CC: 'gcc' });
  });

  it('does not take short or empty values for secrets', () => {
    const parent = { PATH: '/usr/bin', HOME: '/' };
    expect(childEnvironment(parent, ['', '/', 'usr', '   '])).toEqual(parent);
  });

  it('drops what is undefined', () => {
    expect(childEnvironment({ A: undefined, B: '' }, [])).toEqual({ B: '' });
  });
});

describe('T33: secretValues', () => {
  it('are the values of variables whose names say that they are secret, the longer ones first', () => {
    const environment = {
      DB_PASSWORD: 'hunter2-hunter2',
      API_KEY: 'hunter2-hunter2-more',
      PATH: '/usr/local/bin',
    };
    expect(secretValues(environment)).toEqual(['hunter2-hunter2-more', 'hunter2-hunter2']);
  });

  it('are each once, without what is around them, and none that would be found by chance', () => {
    const environment = {
      A_TOKEN: ` ${TOKEN}\n`,
      B_TOKEN: TOKEN,
      SECRET: 'short',
      PASSWORD: '',
      C_SECRET: undefined,
    };
    expect(secretValues(environment)).toEqual([TOKEN]);
  });

  it('are each line of those of several lines, as output is looked at by lines', () => {
    const key = '-----BEGIN KEY-----\r\nMIIEvQIBADANBg\nshort\n';
    expect(secretValues({ SIGNING_PRIVATE_KEY: key })).toEqual([
      '-----BEGIN KEY-----\r\nMIIEvQIBADANBg\nshort',
      '-----BEGIN KEY-----',
      'MIIEvQIBADANBg',
    ]);
  });

  it('are tokens of the job in the form that git stores them in, too', () => {
    const basic = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');
    expect(secretValues({ 'INPUT_GITHUB-TOKEN': TOKEN })).toEqual([basic, TOKEN]);
  });

  it('are those, too, that the environment does not hold', () => {
    expect(secretValues({ MY_SECRET: 'hunter2-hunter2' }, [TOKEN])).toEqual([TOKEN, 'hunter2-hunter2']);
  });
});
