/* Run by itself: decompresses a file (first argument) up to a limit (second), and says how much memory that took. */
import { createReadStream } from 'node:fs';
import { decompress } from '../../src/formats/decompress.ts';

const [file, maxBytes] = process.argv.slice(2);
const peakBefore = process.resourceUsage().maxRSS;
let made = 0;
let error = '';
try {
  for await (const chunk of decompress(createReadStream(file), { maxBytes: Number(maxBytes) }))
    made += chunk.length;
} catch (thrown) {
  error = String(thrown);
}
const growth = (process.resourceUsage().maxRSS - peakBefore) * 1024;
console.log(JSON.stringify({ error, made, growth }));
