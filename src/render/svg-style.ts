/*
 * Colours of the flame graph, and the style sheet made of them. Label text has a contrast of at least 6.4:1 on every
 * fill; blue and orange stay apart for all kinds of colour blindness, and because fills alone are not 3:1 against each
 * other, what changed also has a darker line at its foot.
 */

export type Theme = 'light' | 'dark';

/** Where the picture's width and the reader's theme come from. */
export type StyleTarget =
  /** A file of its own: both themes, label lengths by the width of the image. */
  | { readonly kind: 'image' }
  /** Inside a page whose wrapper is a size container: both themes, label lengths by the wrapper's width. */
  | { readonly kind: 'page' }
  /** For rasterising: one theme, one width. */
  | { readonly kind: 'fixed'; readonly theme: Theme };

const FILLS: Readonly<Record<string, Readonly<Record<Theme, string>>>> = {
  card: { light: '#ffffff', dark: '#0d1117' },
  text: { light: '#1f2328', dark: '#f0f6fc' },
  muted: { light: '#59636e', dark: '#9198a1' },
  kept: { light: '#e6e9ed', dark: '#2a313c' },
  moved: { light: '#bfc6ce', dark: '#505a66' },
  gone: { light: '#9ecbff', dark: '#1b4b91' },
  'gone-line': { light: '#0969da', dark: '#58a6ff' },
  added: { light: '#ffb77c', dark: '#8a3b0c' },
  'added-line': { light: '#bc4c00', dark: '#ff9e5c' },
};

/** Classes that draw an outline instead of a fill. */
const STROKES: Readonly<Record<string, keyof typeof FILLS>> = {
  edge: 'card',
  'gone-outline': 'gone-line',
  'added-outline': 'added-line',
  tear: 'muted',
};

const FONT =
  'ui-sans-serif,-apple-system,BlinkMacSystemFont,"Segoe UI","Noto Sans","DejaVu Sans",Helvetica,Arial,sans-serif';

/** The colours as custom properties: `--gone`, `--gone-line`, … */
export function flameColors(theme: Theme): string {
  return Object.entries(FILLS)
    .map(([name, fill]) => `--${name}: ${fill[theme]};`)
    .join(' ');
}

/** Widths of the image at which the label length changes. */
const MEDIUM_FROM = 481;
const WIDE_FROM = 761;

/** The style sheet of a flame graph, for both colour schemes; of a `fixed` one for its own alone. */
export function svgStyle(target: StyleTarget): string {
  const font = [
    `.flame text{font-family:${FONT};font-size:12px}`,
    '.flame .title{font-size:15px;font-weight:600}',
    '.flame .strong{font-weight:600}',
    '.flame .small{font-size:11px}',
    '.flame .row rect{shape-rendering:crispEdges}',
  ].join('');
  if (target.kind === 'fixed') return font + colors(target.theme);
  return `${font}${colors('light')}@media(prefers-color-scheme:dark){${colors('dark')}}${labelLengths(target.kind)}`;
}

function colors(theme: Theme): string {
  const fills = Object.entries(FILLS).map(([name, fill]) => `.flame .${name}{fill:${fill[theme]}}`);
  const strokes = Object.entries(STROKES).map(
    ([name, fill]) => `.flame .${name}{fill:none;stroke:${FILLS[fill][theme]}}`,
  );
  return [...fills, ...strokes].join('');
}

/** Each label is there once for every length that differs: classes w, m and n; only the one that fits is shown. */
function labelLengths(kind: 'image' | 'page'): string {
  const at = kind === 'image' ? '@media' : '@container';
  const show = (name: string) => `.flame .${name}{display:inline}`;
  return [
    '.flame .w,.flame .m,.flame .n{display:none}',
    `${at}(min-width:${WIDE_FROM}px){${show('w')}}`,
    `${at}(min-width:${MEDIUM_FROM}px) and (max-width:${WIDE_FROM - 1}px){${show('m')}}`,
    `${at}(max-width:${MEDIUM_FROM - 1}px){${show('n')}}`,
  ].join('');
}
