import pg from 'pg';
import { StartError } from '../config/start-error.ts';
import { type OwnerDatabase, withClient } from '../db/owner-client.ts';

/**
 * Lists sort names by the pinyin of each character, and so does the index of the list of filings. PostgreSQL does it by
 * the ICU library, with which a server may have been built or not.
 * @throws StartError where the database cannot sort so
 */
export async function assertChineseOrder(database: OwnerDatabase): Promise<void> {
  await withClient(database, async (client) => {
    try {
      await client.query(`select '洪' collate "zh-x-icu" < '黄'`);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || error.code !== '42704') throw error;
      throw new StartError(
        [
          `数据库“${client.database}”不能按拼音排序：缺少排序规则 zh-x-icu。`,
          `请由数据库管理员在该数据库执行：SELECT pg_import_system_collations('pg_catalog');`,
          '仍不行时，该服务器编译时没有带 ICU，或数据库编码不是 UTF8，请换用符合要求的服务器或数据库。',
        ],
        { cause: error },
      );
    }
  });
}
