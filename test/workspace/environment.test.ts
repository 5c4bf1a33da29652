import { describe, expect, it } from 'vitest';
import { childEnvironment } from '../../src/workspace/environment.ts';

const TOKEN = 'ghs_0123456789abcdef';

describe('childEnvironment', () => {
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
    'GITHUB_SHA',
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
