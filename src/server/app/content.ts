import { StartError } from '#platform/config/start-error.ts';
import { withClient } from '#platform/db/owner-client.ts';

/** The content of a database: nothing yet, the sample, or somebody's own data. */
export type Content = 'empty' | 'sample' | 'own';

type Client = Parameters<Parameters<typeof withClient>[1]>[0];

/** Checks the content of the database. It is `empty` also if only the units have been written. */
export async function contentOf(ownerUrl: string): Promise<Content> {
  return withClient(ownerUrl, contentFound);
}

async function contentFound(client: Client): Promise<Content> {
  const { rows } = await client.query<{ sample: boolean; filled: boolean }>(
    `select exists (select 1 from settings where key = 'sample') as sample,
       exists (select from people) or exists (select from schools) or exists (select from periods) as filled`,
  );
  if (rows[0]!.sample) return 'sample';
  return rows[0]!.filled ? 'own' : 'empty';
}

/** @throws StartError where the database already holds the sample or somebody's own data */
export async function assertEmpty(client: Client): Promise<void> {
  const content = await contentFound(client);
  if (content === 'sample') throw new StartError('数据库里已有示例数据；要重新装入，请先运行 dudao db reset。');
  if (content === 'own')
    throw new StartError('数据库里已有本单位的数据，不能装入示例；请换一个空的数据库或数据文件夹。');
}
