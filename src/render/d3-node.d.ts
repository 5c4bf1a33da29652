/** d3-node brings no types: what svg.ts uses of it, and of the d3 selection and jsdom window that it hands out. */
declare module 'd3-node' {
  export interface SvgSelection {
    append(elementName: string): SvgSelection;
    attr(name: string, value: string | number): SvgSelection;
    text(content: string): SvgSelection;
    node(): object | null;
    remove(): void;
  }

  export class D3Node {
    createSVG(): SvgSelection;
    readonly window: {
      readonly XMLSerializer: new () => { serializeToString(node: object): string };
    };
  }
}
