import { Link } from '@tanstack/react-router';
import * as balance from '#contract/balance/balance.ts';
import { editionText } from '#domain/balance/standard/edition.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { Facts, Section } from '#web/shared/kit/layout/Page.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import type { CountyResult } from '../balance.words.ts';
import style from './HowComputed.module.css';

/** The origin of the figure: inputs, formula, edition, hash, who and when, and how to compute it again. */
export function HowComputed({ data }: { data: CountyResult }) {
  const run = data.run;
  const again = useAct(balance.run, {
    done: ({ stored }) => (stored ? '测算完成，结论已更新' : '输入、标准、公式都没有变化，现有结论仍然有效'),
  });
  const repeat = useAct(balance.repeat, { done: ({ sentence }) => sentence });
  if (!run) return null;
  const params = { countyId: data.county.id };
  return (
    <Section
      title="怎么算的"
      action={
        <>
          {data.can.export && (
            <Download route={balance.reproduction} input={{ params, query: { run: run.id } }} kind="quiet">
              下载复算表
            </Download>
          )}
          {data.can.repeat && (
            <Button
              kind="quiet"
              busy={repeat.busy}
              onClick={() => void repeat.act({ params: { ...params, runId: run.id } })}
            >
              按存档重算核对
            </Button>
          )}
          {data.can.run && (
            <Button
              kind="quiet"
              busy={again.busy}
              onClick={() => void again.act({ params, body: { year: data.year, standard: data.standard.key } })}
            >
              立即重新测算
            </Button>
          )}
          <ButtonLink to="/balance/runs" kind="quiet">
            测算存档
          </ButtonLink>
        </>
      }
    >
      <div className={style.how}>
        <Facts
          items={[
            [
              '标准',
              <Link
                key="standard"
                to="/balance/standards/$key"
                params={{ key: data.standard.key }}
                search={{ revision: data.standard.revision }}
              >
                {data.standard.name}（{editionText(data.standard.edition)}）
              </Link>,
              'wide',
            ],
            ['依据', data.standard.document],
            ['公式版本', run.formulaVersion],
            ['测算时间', formatDateTime(run.runAt)],
            ['测算人', run.runBy],
          ]}
        />
        <p className="caption">
          输入校验码（SHA-256）　<code className={style.hash}>{run.inputsHash}</code>
        </p>
        <div>
          <h3>差异系数</h3>
          <p>
            均值 <Mean /> = 各校资源之和 ÷ 各校学生数之和；标准差 S = √[ Σ（本校学生数 ÷ 学生总数）×（本校值 − <Mean />
            ）² ]；差异系数 CV = S ÷ <Mean />
            。按学生数加权，不做 n−1 修正，全程不取舍位数；与限值的比较按 S² ≤ 限值² × <Mean />² 精确判定。
          </p>
          <h3>各项指标</h3>
          <dl className={style.formulas}>
            {data.levels[0]?.indicators.map((indicator) => (
              <div key={indicator.key}>
                <dt>{indicator.name}</dt>
                <dd>
                  <code>{indicator.formula}</code>
                </dd>
              </div>
            ))}
          </dl>
          {data.assumptions.length > 0 && (
            <>
              <h3>规定未明、本次采用的处理</h3>
              <ul className={style.assumptions}>
                {data.assumptions.map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
            </>
          )}
        </div>
      </div>
    </Section>
  );
}

/** X with a bar over it, drawn, because in most Chinese fonts the combining bar of U+0304 stands beside the letter. */
function Mean() {
  return (
    <span className={style.mean}>
      X<span className="visually-hidden">的均值</span>
    </span>
  );
}
