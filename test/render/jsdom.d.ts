/** What the tests use of jsdom, which d3-node brings without types. */
declare module 'jsdom' {
  export interface ParsedElement {
    readonly id: string;
    readonly parentElement: ParsedElement | null;
    readonly tagName: string;
    readonly textContent: string | null;
    getAttribute(name: string): string | null;
    getAttributeNames(): string[];
    hasAttribute(name: string): boolean;
    remove(): void;
  }

  export interface ParsedDocument {
    readonly documentElement: ParsedElement;
    getElementById(id: string): ParsedElement | null;
    querySelector(selector: string): ParsedElement | null;
    querySelectorAll(selector: string): ParsedElement[];
  }

  export class JSDOM {
    constructor(text: string, options?: { contentType: string });
    readonly window: { readonly document: ParsedDocument };
  }
}
