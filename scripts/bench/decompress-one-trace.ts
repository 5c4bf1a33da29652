/** Decompresses one trace and ends: the floor below which no reader in this language gets. */

import { createReadStream } from 'node:fs';
import { decompress } from '../../src/formats/decompress.ts';

let bytes = 0;
for await (const chunk of decompress(createReadStream(process.argv[2], { highWaterMark: 1 << 20 }))) {
  bytes += chunk.length;
}
console.log(bytes);
