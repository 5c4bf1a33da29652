import { render } from 'preact';
import { decodeReportData } from '../viewer-data/codec.ts';
import { App } from './app.tsx';

/*
 * The script of report.html. Until it has started, and where it cannot start, the page is the summary that was written
 * into it.
 */

async function start(): Promise<void> {
  const island = document.getElementById('report-data');
  const host = document.getElementById('viewer');
  const summary = document.getElementById('summary');
  if (island === null || host === null || summary === null) return;
  const report = decodeReportData(await unpack(island.textContent ?? ''));
  if (report.benchmarks.every((benchmark) => benchmark === null)) return;
  document.documentElement.classList.add('interactive');
  host.hidden = false;
  render(<App report={report} summary={summary} />, host);
  performance.measure('memtrack:opened');
}

async function unpack(base64: string): Promise<Uint8Array> {
  const text = atob(base64.trim());
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

start().catch((error: unknown) => console.error(error));
