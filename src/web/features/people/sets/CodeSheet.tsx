import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { codes } from '#contract/people/sets.ts';
import type { RouteOutput } from '#contract/route.ts';
import { CheckField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { onceQuestion, useLeaveGuard } from '#web/shared/page/useLeaveGuard.ts';
import { formatNumber } from '#web/shared/words/format.ts';
import { byCounty } from './by-county.ts';
import style from './Sheets.module.css';

interface CodeSheetProps {
  title: string;
  state: string;
  setId: string;
  rows: RouteOutput<typeof codes>['rows'];
}

/** The codes of the people of a set, by unit: shown only this once. Leaving asks until they are kept. */
export function CodeSheet({ title, state, setId, rows }: CodeSheetProps) {
  const [kept, setKept] = useState(rows.length === 0);
  useLeaveGuard(kept ? null : onceQuestion(`${formatNumber(rows.length)} 个启用码`));
  return (
    <Page
      title={title}
      above={
        <Link to="/people/sets/$setId" params={{ setId }}>
          成批授权
        </Link>
      }
      state={state}
      action={
        rows.length > 0 && (
          <Button kind="primary" onClick={() => print()}>
            打印启用码
          </Button>
        )
      }
    >
      {rows.length === 0 ? (
        <p>名单中的人员都已设定密码，不需要启用码。</p>
      ) : (
        <div className="screen-only">
          <CheckField label="启用码已经打印或保存好" value={kept} onChange={setKept} />
        </div>
      )}
      {byCounty(rows).map(({ countyName, people }) => (
        <section key={countyName} className={style.county}>
          <h2>{countyName || '其他'}</h2>
          <p className="caption">
            {people.length} 人。启用码与安全管理员打印的链接分开交付，两者齐全才能设定密码；输错 5 次即作废。
          </p>
          <table>
            <thead>
              <tr>
                <th scope="col">单位或学校</th>
                <th scope="col">姓名</th>
                <th scope="col">角色</th>
                <th scope="col">用户名</th>
                <th scope="col">启用码</th>
              </tr>
            </thead>
            <tbody>
              {people.map((one) => (
                <tr key={one.personId}>
                  <td>{one.placeName}</td>
                  <td>{one.name}</td>
                  <td>{one.roleNames}</td>
                  <td>{one.username}</td>
                  <td>
                    <code className={style.code}>{one.code}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </Page>
  );
}
