/** What the stand-in answers about artifacts: those that the stand-in for the runner's services holds. */
import { type Answer, notFound, ok, paged, refuse } from './answers.ts';
import type { Call, Endpoint } from './endpoints.ts';
import type { RepositoryState } from './repository-state.ts';
import type { StoredArtifact } from './results-service.ts';

export const ARTIFACT_ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'actions/list-workflow-run-artifacts': { answer: listArtifacts, readsActions: true },
  'actions/get-artifact': { answer: getArtifact, readsActions: true },
  'actions/download-artifact': { answer: downloadArtifact, readsActions: true },
};

function listArtifacts({ state, path, query }: Call): Answer {
  const oldestFirst = (state.results?.artifacts(Number(path.run_id)) ?? []).filter(
    ({ name }) => query.name === undefined || name === query.name,
  );
  const artifacts = query.direction === 'asc' ? oldestFirst : [...oldestFirst].reverse();
  const { page, body } = paged(
    artifacts.map((artifact) => describeArtifact(state, artifact)),
    query,
  );
  return { ...ok({ total_count: artifacts.length, artifacts: body }), ...(page && { page }) };
}

function getArtifact({ state, path }: Call): Answer {
  const artifact = findArtifact(state, path);
  return artifact ? ok(describeArtifact(state, artifact)) : notFound();
}

/** An address that is good for a minute, of another host; it is the zip only when one was uploaded. */
function downloadArtifact({ state, path }: Call): Answer {
  const artifact = findArtifact(state, path);
  if (!artifact || !state.results || path.archive_format !== 'zip') return notFound();
  if (artifact.isExpired) return refuse(410, 'Artifact has expired');
  return { status: 302, headers: { location: state.results.blobUrl(artifact) } };
}

function findArtifact({ results }: RepositoryState, path: Call['path']): StoredArtifact | undefined {
  return results?.artifacts().find(({ id }) => id === path.artifact_id);
}

function describeArtifact(state: RepositoryState, artifact: StoredArtifact): object {
  const { id, name, size, isExpired, createdAt, runId } = artifact;
  const url = state.api(`/actions/artifacts/${id}`);
  return {
    id,
    node_id: `A_${id}`,
    name,
    size_in_bytes: size,
    url,
    archive_download_url: `${url}/zip`,
    expired: isExpired,
    created_at: createdAt,
    expires_at: new Date(Date.parse(createdAt) + 90 * 24 * 3600 * 1000).toISOString(),
    updated_at: createdAt,
    workflow_run: {
      id: artifact.saysItIsOfRun ?? runId,
      repository_id: state.identity.id,
      head_repository_id: state.identity.id,
      head_branch: 'changes',
      head_sha: '0'.repeat(40),
    },
  };
}
