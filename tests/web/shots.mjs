// Takes a picture of every page, in both widths and themes: `node shots.mjs FOLDER`, with RAPPORTEUR_BIN as for the tests.

import fs from 'node:fs';
import path from 'node:path';
import { LOOKS, go, openBrowser, openPage, serve } from './room.mjs';

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node shots.mjs FOLDER');
  process.exit(2);
}
fs.mkdirSync(folder, { recursive: true });

const endings = [];
const t = { after: (ending) => endings.unshift(ending) };
try {
  const browser = await openBrowser();
  t.after(() => browser.close());
  const room = await serve(t);
  const { rooms, article, pair, item } = await room.places();
  const named = rooms.map((target) => [target.slice(1) || 'overview', target]);
  const all = [...named, ['article', article], ['pair', pair], ['item', item]];
  for (const { colorScheme, width } of LOOKS) {
    const page = await openPage(t, browser, room, { colorScheme, viewport: { width, height: 900 } });
    for (const [name, target] of all.filter(([, target]) => target)) {
      await go(page, target);
      const file = path.join(folder, `${name}-${width}-${colorScheme}.png`);
      await page.screenshot({ path: file, fullPage: true });
      console.log(file);
    }
  }
} finally {
  for (const ending of endings) await ending();
}
