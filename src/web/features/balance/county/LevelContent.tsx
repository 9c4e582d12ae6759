import { useCallback, useState } from 'react';
import { cvText, distanceText } from '#domain/balance/report/figure-text.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { ScalePath } from '#web/shared/chart/ScalePath.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { FilterToggle } from '#web/shared/kit/table/FilterBar.tsx';
import { countySearch } from '../balance.search.ts';
import type { CountyResult, LevelResult } from '../balance.words.ts';
import { useOpenSchool } from '../balance-links.tsx';
import { ComplianceTable } from './ComplianceTable.tsx';
import { Exclusions } from './Exclusions.tsx';
import { IndicatorFigure } from './IndicatorFigure.tsx';
import style from './LevelContent.module.css';

/**
 * One level of the county: its indicators as strips that mark the same school under the pointer, then the list of
 * schools.
 */
export function LevelContent({ data, level }: { data: CountyResult; level: LevelResult }) {
  const [search, setSearch] = useSearchState(countySearch);
  const [active, setActive] = useState<string | null>(null);
  const openSchool = useOpenSchool();
  const open = useCallback((id: string) => openSchool(Number(id)), [openSchool]);
  return (
    <>
      {level.compositeLimit !== null && <Composite level={level} />}
      <Section
        title={`${level.levelName}各校分布：离均值多远${data.kind.compliance ? '，谁在标准以下' : ''}`}
        note={data.ownSchoolOnly ? '深色圆圈是本校' : search.plain ? '各校等权，仅供对照' : '圆点面积表示学生数'}
        action={
          !data.ownSchoolOnly && (
            <FilterToggle
              label="按学生数加权"
              value={!search.plain}
              onChange={(weighted) => setSearch({ plain: weighted ? undefined : true })}
            />
          )
        }
      >
        {level.indicators.map((indicator) => (
          <IndicatorFigure
            key={indicator.key}
            level={level}
            indicator={indicator}
            plain={search.plain ?? false}
            ownOnly={data.ownSchoolOnly}
            active={active}
            onActive={setActive}
            onOpen={open}
          />
        ))}
      </Section>
      <ComplianceTable data={data} level={level} />
      <Exclusions level={level} ownOnly={data.ownSchoolOnly} />
    </>
  );
}

function Composite({ level }: { level: LevelResult }) {
  const { compositeCv, compositeLimit, compositeDistance } = level;
  if (compositeLimit === null) return null;
  const text =
    compositeCv === null || compositeDistance === null
      ? '综合差异系数无法计算'
      : `综合差异系数 ${cvText(compositeCv, compositeLimit)}，${distanceText(compositeDistance)}`;
  return (
    <Section title={`${level.levelName}综合差异系数在限值的哪一侧`} note={text}>
      <div className={style.composite}>
        <ScalePath
          sentence={text}
          limit={compositeLimit}
          points={level.compositeTrend.map(({ cv, ...point }) => ({ ...point, value: cv }))}
        />
      </div>
    </Section>
  );
}
