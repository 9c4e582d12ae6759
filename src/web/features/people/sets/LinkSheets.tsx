import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { sheets } from '#contract/people/sets.ts';
import type { RouteOutput } from '#contract/route.ts';
import { CheckField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { QrCode } from '#web/shared/kit/words/QrCode.tsx';
import { onceQuestion, useLeaveGuard } from '#web/shared/page/useLeaveGuard.ts';
import { formatDateTime, formatNumber } from '#web/shared/words/format.ts';
import { byCounty } from './by-county.ts';
import style from './Sheets.module.css';

interface LinkSheetsProps {
  setId: string;
  made: RouteOutput<typeof sheets>;
}

/** One card for each person, by county and school, with the link as text and as a QR code: shown only this once. */
export function LinkSheets({ setId, made: { rows, expiresAt, inUse, withoutCode } }: LinkSheetsProps) {
  const [kept, setKept] = useState(rows.length === 0);
  useLeaveGuard(kept ? null : onceQuestion(`${formatNumber(rows.length)} 个一次性链接`));
  const until = formatDateTime(expiresAt);
  const left = [
    inUse > 0 && `${inUse} 人已设定密码，不再给出链接。`,
    withoutCode > 0 && `${withoutCode} 人没有可用的启用码，请系统管理员在本批授权中重新给出启用码后再打印。`,
  ].filter(Boolean);
  return (
    <Page
      title="交接单"
      above={
        <Link to="/people/sets/$setId" params={{ setId }}>
          成批授权
        </Link>
      }
      state={`${formatNumber(rows.length)} 人，链接有效期至 ${until}，只在这里显示一次；以前给出的链接已经作废。${left.join('')}`}
      action={
        rows.length > 0 && (
          <Button kind="primary" onClick={() => print()}>
            打印交接单
          </Button>
        )
      }
    >
      {rows.length > 0 && (
        <div className="screen-only">
          <CheckField label="交接单已经打印好" value={kept} onChange={setKept} />
        </div>
      )}
      {byCounty(rows).map(({ countyName, people }) => (
        <section key={countyName} className={style.county}>
          <h2>{countyName || '其他'}</h2>
          <p className="caption">{people.length} 人。请逐校裁开，交给本人；启用码由系统管理员另行交付。</p>
          <ul className={style.cards}>
            {people.map((one) => (
              <li key={one.personId} className={style.card}>
                <QrCode text={`${location.origin}${one.link}`} label={`${one.name}的一次性链接`} />
                <h3>{one.placeName}</h3>
                <p>
                  {one.name}，{one.roleNames}
                </p>
                <p>用户名 {one.username}</p>
                <p>有效期至 {until}</p>
                <ol>
                  <li>用手机扫码，或在电脑上输入下面的地址。</li>
                  <li>填写另行收到的 6 位启用码，设定自己的密码。</li>
                  <li>以后用用户名和密码登录。</li>
                </ol>
                <p>有疑问请联系：{one.contact}</p>
                <code className={style.link}>{`${location.origin}${one.link}`}</code>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Page>
  );
}
