import { Link, useParams } from '@tanstack/react-router';
import * as filings from '#contract/filings/filings.ts';
import { schoolCodeText } from '#domain/org/school-code.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { formatDate, formatDateTime } from '#web/shared/words/format.ts';
import style from './FilingPrint.module.css';

/** A4, for signature and stamp: every value with last year's, the explanations, and the hash of the content. */
export default function FilingPrint() {
  const { filingId } = useParams({ from: '/desk/filings/$filingId/print' });
  const sheet = useRead(filings.printFiling, { params: { filingId } });
  return (
    <LoadedPage of={sheet} shape="table" title="打印填报表" above={<Link to="/filings">数据填报</Link>}>
      {(data) => (
        <Page
          title={data.title}
          source={`${data.schoolName} ${data.periodName}`}
          above={
            <Link to="/filings/$filingId" params={{ filingId }}>
              返回填报表
            </Link>
          }
          state={
            <span className="screen-only">
              {data.schoolName} · {data.stateTitle}
            </span>
          }
          action={
            <Button kind="primary" onClick={() => print()}>
              打印
            </Button>
          }
        >
          <table className={style.head}>
            <tbody>
              <tr>
                <th scope="row">学校</th>
                <td>{data.schoolName}</td>
                <th scope="row">学校标识码</th>
                <td className="tabular">{schoolCodeText(data.schoolCode)}</td>
              </tr>
              <tr>
                <th scope="row">主管单位</th>
                <td>{data.unitName}</td>
                <th scope="row">状态</th>
                <td>
                  {data.stateTitle}
                  {data.submittedAt && `　提交 ${formatDate(data.submittedAt)}`}
                  {data.approvedAt && `　批准 ${formatDate(data.approvedAt)}`}
                </td>
              </tr>
            </tbody>
          </table>
          {data.groups.map((group) => (
            <section key={group.title} className={style.group}>
              <h2>{group.title}</h2>
              <table>
                <thead>
                  <tr>
                    <th scope="col">数据项</th>
                    <th scope="col" className={style.unit}>
                      单位
                    </th>
                    <th scope="col" className="numbers">
                      本年
                    </th>
                    <th scope="col" className="numbers">
                      去年
                    </th>
                    <th scope="col" className={style.said}>
                      说明
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {group.rows.map((row) => (
                    <tr key={row.key}>
                      <td>{row.label}</td>
                      <td className={style.unit}>{row.unit}</td>
                      <td className="numbers">{row.value}</td>
                      <td className="numbers">{row.lastYear}</td>
                      <td className={style.said}>{row.explanation}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          ))}
          <footer className={style.foot}>
            <p className={style.promise}>以上数据由本校如实填报，对其真实性、准确性、完整性负责。</p>
            <div className={style.signatures}>
              {data.signatures.map((signature) => (
                <p key={signature}>
                  {signature}：<span className={style.rule} />
                </p>
              ))}
            </div>
            <p className={style.hash}>
              内容校验码 <code>{data.contentHash}</code>　数据时间 {formatDateTime(data.printedAt)}
            </p>
          </footer>
        </Page>
      )}
    </LoadedPage>
  );
}
