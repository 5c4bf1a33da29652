/** Hands a file to the browser's download. It is made in the page: nothing is asked of a network. */
export function saveFile(name: string, parts: BlobPart[], type: string): void {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads the blob after this; it is told nowhere when it has.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
