import exceljs from 'exceljs';

/** A file as it is handed in. */
export interface HandedFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const codeOf = (first: number, index: number) => `21410${String(first + index).padStart(5, '0')}`;
const nameOf = (short: string, index: number) => `${short}第${index + 1}小学`;

/** A table of so many primary schools of one county, with the headings that the register needs. */
export async function schoolsFile(
  county: { readonly name: string; readonly short: string; readonly first: number },
  count: number,
): Promise<HandedFile> {
  const headings = ['学校标识码', '学校名称', '县级单位', '办学类型', '举办者类型', '办别', '城乡类型'];
  const rows = Array.from({ length: count }, (_, index) => {
    return [codeOf(county.first, index), nameOf(county.short, index), county.name, '211', '7', '公办', '城区'];
  });
  return { name: `${county.short}学校.xlsx`, mimeType: xlsx, buffer: await bookOf('学校', [headings, ...rows]) };
}

/** A clerk and a head for each of these schools, as a list of people. */
export async function peopleFile(
  county: { readonly short: string; readonly first: number },
  count: number,
): Promise<HandedFile> {
  const rows = Array.from({ length: count }, (_, index) => {
    const [code, phone] = [codeOf(county.first, index), `0379-6${String(county.first + index).padStart(6, '0')}`];
    return [
      [`${county.short}${index + 1}甲`, `${phone}1`, '学校填报员', code],
      [`${county.short}${index + 1}乙`, `${phone}2`, '校长', code],
    ];
  });
  const table = [['姓名', '电话', '角色', '学校标识码'], ...rows.flat()];
  return { name: `${county.short}人员.xlsx`, mimeType: xlsx, buffer: await bookOf('人员', table) };
}

async function bookOf(sheet: string, rows: readonly (readonly string[])[]): Promise<Buffer> {
  const book = new exceljs.Workbook();
  book.addWorksheet(sheet).addRows(rows as string[][]);
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** The product's template of one school with these values in it, as a clerk hands it in. */
export async function filledTemplate(path: string, values: Readonly<Record<string, unknown>>): Promise<HandedFile> {
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(path);
  book.getWorksheet('填报表')!.eachRow((row, index) => {
    const value = index > 3 ? values[String(row.getCell(2).value)] : undefined;
    if (value !== undefined && value !== null) row.getCell(5).value = value as exceljs.CellValue;
  });
  return { name: '填报表.xlsx', mimeType: xlsx, buffer: Buffer.from(await book.xlsx.writeBuffer()) };
}
