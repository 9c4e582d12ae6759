import { z } from 'zod';
import { managingLevels } from '#domain/org/school-facts.ts';
import { file, listOutput, listQuery, route, workbookType } from '../route.ts';
import { fieldGroup, fieldKey, filingFilter, gridRow } from './filings.shape.ts';

/** The filings of a whole unit: their progress and their content. */

export const progress = route({
  name: 'filings.progress',
  method: 'GET',
  path: '/api/filings/progress',
  access: 'filing.read',
  scoped: true,
  summary: '各单位填报进度：应报、未开始、填报中、待审核、已批准、已接收、逾期、有疑点',
  query: z.object({ year: filingFilter.year, unitId: filingFilter.unitId }),
  output: z.object({
    period: z
      .object({
        id: z.number().int(),
        schoolYear: z.number().int(),
        name: z.string(),
        state: z.string(),
        deadline: z.string(),
        daysLeft: z.number().int(),
        cityDeadline: z.string(),
        cityDaysLeft: z.number().int(),
      })
      .nullable(),
    /** One row for each reviewing unit; 市直 schools are in the row of the city. */
    rows: z.array(
      z.object({
        unitId: z.number().int(),
        unitName: z.string(),
        managedBy: z.enum(managingLevels),
        owes: z.number().int(),
        untouched: z.number().int(),
        draft: z.number().int(),
        submitted: z.number().int(),
        approved: z.number().int(),
        accepted: z.number().int(),
        returned: z.number().int(),
        late: z.number().int(),
        overdue: z.number().int(),
        doubts: z.number().int(),
        exempt: z.number().int(),
      }),
    ),
  }),
});

export const grid = route({
  name: 'filings.grid',
  method: 'GET',
  path: '/api/filings/grid',
  access: 'filing.read',
  scoped: true,
  summary: '一个单位的填报表格：每校一行，选定分组或数据项为列',
  query: listQuery.extend({
    ...filingFilter,
    pageSize: z.coerce.number().int().min(1).max(500).default(300),
    group: fieldGroup.optional(),
    /** Field keys joined by commas; wins over `group`. */
    fields: z.string().max(4000).optional(),
  }),
  output: listOutput(gridRow).extend({ edition: z.string().nullable(), fields: z.array(fieldKey) }),
});

export const exportScreen = route({
  name: 'filings.export',
  method: 'GET',
  path: '/api/filings/export',
  access: 'filing.read',
  scoped: true,
  summary: '导出屏幕所见：同样的筛选、同样的列，xlsx 或 csv',
  query: listQuery.omit({ page: true, pageSize: true }).extend({
    ...filingFilter,
    group: fieldGroup.optional(),
    fields: z.string().max(4000).optional(),
    format: z.enum(['xlsx', 'csv']).default('xlsx'),
  }),
  output: file(workbookType, 'text/csv'),
});
