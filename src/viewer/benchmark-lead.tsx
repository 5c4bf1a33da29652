import { useLayoutEffect, useRef } from 'preact/hooks';

/** What the summary says first of a benchmark, above its views: of several, the page's heading tells no numbers. */
export function BenchmarkLead(props: { readonly summary: HTMLElement; readonly benchmark: number }) {
  const { summary, benchmark } = props;
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const lead = summary.querySelector(`#benchmark-${benchmark + 1} .lead`)?.cloneNode(true);
    host.current?.replaceChildren(...(lead?.childNodes ?? []));
  }, [summary, benchmark]);
  return <div ref={host} class="benchmark-lead" />;
}
