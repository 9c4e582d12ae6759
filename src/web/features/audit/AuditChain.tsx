import { verification } from '#contract/audit/audit.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Facts, Section } from '#web/shared/kit/layout/Page.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { formatDateTime, formatNumber } from '#web/shared/words/format.ts';
import style from './AuditChain.module.css';

/**
 * Shows whether a sealed row has been changed. The whole chain is checked each night, the rows since then are checked
 * now.
 */
export function AuditChain() {
  const read = useRead(verification, {}, { staleTime: 0 });
  return (
    <Section title="封存链" note="重新计算每一节的摘要和其中每一条记录；全链每晚核对一次。">
      <Loaded of={read}>
        {(chain) => (
          <>
            <Facts
              items={[
                [
                  '结论',
                  <StateMark
                    key="verdict"
                    state={chain.ok ? 'valid' : 'invalid'}
                    text={chain.ok ? '完整，没有被改动' : '不符'}
                  />,
                ],
                ['已封存', `${formatNumber(chain.seals)} 节，${formatNumber(chain.rows)} 条`],
                ['全链核对', `${formatDateTime(chain.wholeAt)}，其后的部分刚刚核对`],
                ['尚未封存', `${formatNumber(chain.unsealed)} 条`],
                chain.broken && [
                  '首处不符',
                  `第 ${chain.broken.position} 节（记录 ${chain.broken.firstId} 至 ${chain.broken.lastId}）：${chain.broken.reason}`,
                  'wide',
                ],
                [
                  '链头',
                  <code key="head" className={style.head}>
                    {chain.head}
                  </code>,
                  'wide',
                ],
              ]}
            />
            <p className="caption">
              链头每天写入运行日志。把某天的链头与此核对，可以发现末尾被截断（dudao audit verify --head）。
            </p>
          </>
        )}
      </Loaded>
    </Section>
  );
}
