import { unescapeCellText, withoutFlaws } from './cell/cell-text.ts';
import { dayStyles } from './cell/number-format.ts';
import { foreignContainer } from './foreign-file.ts';
import { Budget, type ReadLimits } from './limits.ts';
import { Package, type Relationship } from './package.ts';
import type { ParsedSheet, ParsedWorkbook } from './parsed.ts';
import { resolveRanges } from './sheet-ranges.ts';
import { scanSheet, scanTable } from './sheet-scan.ts';
import { SharedTexts, Texts } from './texts.ts';
import { isTrue, XmlScanner } from './xml.ts';
import { damaged, partKey } from './zip.ts';

interface ListedSheet {
  readonly name: string;
  readonly visibility: ParsedSheet['visibility'];
  readonly relationship: string;
}

/**
 * Reads a workbook of Excel 2007 and later (ECMA-376, transitional and strict).
 * @throws Problem `import.notWorkbook`, `import.passwordProtected`, `import.tooLarge`, `import.damaged`
 */
export function readXlsx(bytes: Uint8Array, limits: ReadLimits): ParsedWorkbook {
  const container = new Package(bytes);
  const main = findMain(container);
  const { sheets: listed, from1904 } = readMain(container.get(main));
  const relationships = container.relationshipsOf(main);
  const partOf = (kind: string) => {
    const target = [...relationships.values()].find((one) => one.kind === kind)?.target;
    return target === undefined ? undefined : container.find(target);
  };
  const budget = new Budget(limits);
  const texts = new Texts(budget);
  const styles = partOf('styles');
  const shared = new SharedTexts(partOf('sharedStrings'), texts, budget);
  const context = { from1904, dayStyles: styles ? dayStyles(styles) : new Uint8Array(), shared, texts, budget };
  const sheets = listed.flatMap(({ name, visibility, relationship }): ParsedSheet[] => {
    budget.walk();
    const lead = relationships.get(relationship);
    if (!lead) throw damaged(`缺少工作表“${name}”`);
    // A sheet may be a chart or a dialog, which holds no cells.
    if (lead.kind !== 'worksheet') return [];
    const { tables, ...scanned } = scanSheet(container.get(lead.target), { ...context, sheet: name });
    const filters = [...scanned.filters, ...tableFilters(container, lead, tables, budget)];
    const ranges = resolveRanges(name, scanned.cells, { ...scanned, filters }, budget);
    return [{ name, visibility, cells: scanned.cells, ...ranges }];
  });
  if (sheets.length === 0) throw damaged('没有工作表');
  return { from1904, texts: texts.all, flaws: texts.flaws, sheets };
}

/** The part with which the file begins, by its relationship; without a relationship, the part in the usual place. */
function findMain(container: Package): string {
  const types = container.contentTypes();
  const lead = [...container.relationshipsOf('').values()].find((one) => one.kind === 'officeDocument');
  const main = lead?.target ?? 'xl/workbook.xml';
  const type = types.get(partKey(main)) ?? [...types.values()].find((one) => /main(\+xml)?$/.test(one));
  const isWorkbook = type === undefined ? container.has('xl/workbook.xml') : /sheet|excel/.test(type);
  if (!isWorkbook || type?.includes('binary')) throw foreignContainer(container, type);
  if (container.has(main)) return main;
  // A file without relationships and content types is not a damaged workbook but another type of file.
  if (lead === undefined && types.size === 0) throw foreignContainer(container, type);
  throw damaged(`缺少部件 ${main}`);
}

function readMain(bytes: Buffer): { sheets: ListedSheet[]; from1904: boolean } {
  const scanner = new XmlScanner(bytes);
  const sheets: ListedSheet[] = [];
  let from1904 = false;
  while (scanner.next()) {
    if (!scanner.own || scanner.kind === 'close') continue;
    if (scanner.name === 'workbookPr') from1904 = isTrue(scanner.attribute('date1904'));
    if (scanner.name !== 'sheet') continue;
    const about = scanner.attributes();
    const state = about.get('state');
    sheets.push({
      name: withoutFlaws(unescapeCellText(about.get('name') ?? '')),
      visibility: state === 'hidden' || state === 'veryHidden' ? state : 'visible',
      relationship: about.get('id') ?? '',
    });
  }
  return { sheets, from1904 };
}

function tableFilters(container: Package, sheet: Relationship, tables: readonly string[], budget: Budget) {
  if (tables.length === 0) return [];
  const relationships = container.relationshipsOf(sheet.target);
  return tables.flatMap((id) => {
    const target = relationships.get(id)?.target;
    const bytes = target === undefined ? undefined : container.find(target);
    return bytes ? scanTable(bytes, budget) : [];
  });
}
