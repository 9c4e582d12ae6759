import { unescapeXml } from './xml.ts';
import { damaged } from './zip.ts';

/** The namespace of workbooks, in both editions of the standard (ECMA-376 parts 1 and 4). */
const main = new Set([
  'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
  'http://purl.oclc.org/ooxml/spreadsheetml/main',
]);
const declaration = /^xmlns(?::([^\s=]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')/;
const longestDeclaration = 400;
const mostPrefixes = 20;

/**
 * Refuses a part whose elements of the main namespace have more than one prefix: the reader knows its elements by the
 * prefix of the first one, and would pass over the others without a word. A second prefix that no element has is
 * harmless.
 * @throws Problem `import.damaged`
 */
export function refuseSecondPrefix(bytes: Buffer, name: string): void {
  const tried = new Set<string>();
  let used = 0;
  for (let at = bytes.indexOf('xmlns'); at >= 0; at = bytes.indexOf('xmlns', at + 5)) {
    const parts = declaration.exec(bytes.toString('latin1', at, at + longestDeclaration));
    if (!parts || !main.has(unescapeXml(parts[2] ?? parts[3] ?? ''))) continue;
    const prefix = parts[1] ?? '';
    if (tried.has(prefix)) continue;
    tried.add(prefix);
    if (prefix === '' || bytes.includes(Buffer.from(`<${prefix}:`, 'latin1'))) used += 1;
    if (used > 1 || tried.size > mostPrefixes) throw damaged(`${name} 用了两种前缀书写同一种内容`);
  }
}
