/**
 * What is photographed, as pages of HTML: the comment as GitHub shows it, the terminal, the picture in an <img>.
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

export type Theme = 'light' | 'dark';

const requireFromHere = createRequire(import.meta.url);

/** GitHub's markdown: its parser's extensions, and its boxes for alerts. */
function renderGithubMarkdown(markdown: string): string {
  const html = micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  return html.replace(
    /<blockquote>\s*<p>\[!(NOTE|WARNING|CAUTION)\]\s*(?:<\/p>\s*)?([\s\S]*?)<\/blockquote>/g,
    (_, kind: string, rest: string) => {
      const name = kind.toLowerCase();
      const title = kind[0] + name.slice(1);
      const body = rest.trimStart().startsWith('<') ? rest : `<p>${rest}`;
      return `<div class="markdown-alert markdown-alert-${name}"><p class="markdown-alert-title">${title}</p>${body}</div>`;
    },
  );
}

export function commentPage(markdown: string, theme: Theme): string {
  const style = readFileSync(
    requireFromHere.resolve(`github-markdown-css/github-markdown-${theme}.css`),
    'utf8',
  );
  const [ground, border, header] =
    theme === 'light' ? ['#fff', '#d0d7de', '#f6f8fa'] : ['#0d1117', '#3d444d', '#151b23'];
  // GitHub shows a line break of the source as one.
  const html = renderGithubMarkdown(markdown).replace(/(<p>[\s\S]*?<\/p>)/g, (paragraph) =>
    paragraph.replaceAll('\n', '<br>'),
  );
  return page(
    `${style}
body{margin:0;padding:16px;background:${ground};color-scheme:${theme}}
.comment{max-width:900px;margin:auto;border:1px solid ${border};border-radius:6px;overflow:hidden}
.from{padding:8px 16px;background:${header};border-bottom:1px solid ${border};font:14px sans-serif;color:#768390}
.markdown-body{padding:16px;font-size:14px}`,
    `<div class="comment"><div class="from">github-actions bot commented</div><div class="markdown-body">${html}</div></div>`,
  );
}

export function imagePage(address: string, theme: Theme): string {
  const ground = theme === 'light' ? '#fff' : '#0d1117';
  return page(
    `body{margin:0;background:${ground};color-scheme:${theme}}img{display:block}`,
    `<img width="100%" src="${address}" alt="">`,
  );
}

/** @param text with the escape sequences that memtrack writes */
export function terminalPage(text: string, columns: number, theme: Theme): string {
  const [ground, color] = theme === 'light' ? ['#fff', '#222'] : ['#16181d', '#d8d8d8'];
  return page(
    `body{margin:0;padding:16px;background:${ground};color:${color};width:max-content}
pre{margin:0;font:14px/1.25 "DejaVu Sans Mono",monospace;width:${columns}ch}`,
    `<pre>${ansiToHtml(text)}</pre>`,
  );
}

function page(style: string, body: string): string {
  return `<!doctype html><meta charset="utf-8"><style>${style}</style>${body}`;
}

/** Colours of the 256 that memtrack uses. */
const COLORS: Readonly<Record<string, string>> = { '38;5;33': '#0087ff', '38;5;166': '#d75f00' };

function ansiToHtml(text: string): string {
  let open = 0;
  const html = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/\u001B\[([\d;]*)m/g, (_, codes: string) => {
      if (codes === '22' || codes === '39' || codes === '0') {
        open--;
        return '</span>';
      }
      open++;
      if (codes === '1') return '<span style="font-weight:bold">';
      if (codes === '2') return '<span style="opacity:.6">';
      return `<span style="color:${COLORS[codes] ?? 'red'}">`;
    });
  return html + '</span>'.repeat(Math.max(0, open));
}
