import { flameColors, svgStyle } from './svg-style.ts';

const LIGHT =
  '--line: #d1d9e0; --band: #f6f8fa; --less: #0a4fa8; --more: #a03f00; --link: #0969da; --focus: #8250df;';
const DARK =
  '--line: #3d444d; --band: #151b23; --less: #79b8ff; --more: #ff9e5c; --link: #58a6ff; --focus: #d2a8ff;';

/** The system's theme, unless the reader chose one by the button that the script adds. */
function themes(): string {
  const light = `color-scheme: light; ${LIGHT} ${flameColors('light')}`;
  const dark = `color-scheme: dark; ${DARK} ${flameColors('dark')}`;
  return `:root { ${light} }
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${dark} } }
:root[data-theme="dark"] { ${dark} }`;
}

/** The style sheet of report.html. Its hash is in the page's content security policy. */
export const HTML_STYLE = `
${themes()}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--card); color: var(--text);
  font: 15px/1.5 ui-sans-serif, -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif;
}
main { max-width: 1000px; margin: 0 auto; padding: 24px 16px 64px; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 8px; overflow-wrap: anywhere; }
h2 { font-size: 19px; line-height: 1.3; margin: 48px 0 8px; overflow-wrap: anywhere; }
h3 { font-size: 15px; margin: 28px 0 6px; }
p, ul, pre { margin: 8px 0; }
code, pre { font: 13px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
code { overflow-wrap: anywhere; unicode-bidi: isolate; }
h1 code, h2 code { font-size: 0.92em; }
pre { background: var(--band); border: 1px solid var(--line); border-radius: 6px; padding: 12px; overflow-x: auto; }
a { color: var(--link); }
.visually-hidden {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.muted { color: var(--muted); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--muted); padding: 4px 0; }
th, td { padding: 6px 10px; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
th { font-weight: 400; }
.leading th, .leading td { font-weight: 600; }
thead th { color: var(--muted); font-size: 13px; font-weight: 600; white-space: nowrap; }
summary { font-size: 17px; margin: 24px 0 8px; cursor: pointer; overflow-wrap: anywhere; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
td { font-variant-numeric: tabular-nums; white-space: nowrap; }
td.change { white-space: normal; }
td span { white-space: nowrap; }
td.name { white-space: normal; min-width: 8em; }
th.words, td.words { text-align: left; }
.less { color: var(--less); }
.more { color: var(--more); }
.alert { border-left: 4px solid var(--more); background: var(--band); padding: 8px 12px; margin: 12px 0; }
.alert p { margin: 0; }
.flame-frame { container-type: inline-size; margin: 16px 0; }
.flame { display: block; border: 1px solid var(--line); border-radius: 6px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 8px 0; }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 600px) {
  main { padding: 16px 12px 48px; }
  h1 { font-size: 20px; }
  th, td, thead th { padding: 6px 3px; font-size: 12px; }
  td.name { min-width: 7em; }
  td.words { white-space: normal; }
  td code { font-size: 11px; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 8px; }
}
${svgStyle({ kind: 'page' })}
`;
