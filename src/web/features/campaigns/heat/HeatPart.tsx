import { heat } from '#contract/campaigns/campaigns.ts';
import { kindOf, layerTitles } from '#domain/evaluation/kind.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { figureText } from '#web/shared/framework/indicator.words.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { FilterBar, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { useNarrow } from '#web/shared/page/useNarrow.ts';
import { campaignSearch, heatLayers } from '../campaign.search.ts';
import type { Campaign, Heat } from '../campaign-reply.ts';
import style from './Heat.module.css';
import { HeatList } from './HeatList.tsx';
import { HeatTable } from './HeatTable.tsx';
import { branchRates, cellNumber, classCount, classWords, sortedBy, weakest } from './heat-answer.ts';

/** 热力图: subjects by branches with the share of the points that each got. */
export function HeatPart({ campaign }: { campaign: Campaign }) {
  const [search, setSearch] = useSearchState(campaignSearch);
  const layers = heatLayers.filter((layer) => kindOf(campaign.kind).layers.includes(layer));
  const layer = search.layer ?? 'city';
  const read = useRead(heat, { params: { campaignId: campaign.id }, query: { layer } }, { keepPrevious: true });
  return (
    <>
      <FilterBar>
        <FilterSelect
          label="得分"
          value={layer === 'city' ? undefined : layer}
          all="市评"
          options={layers
            .filter((one) => one !== 'city')
            .map((value) => ({ value, label: value === 'self' ? '自评' : `${layerTitles[value]}评` }))}
          onChange={(next) => setSearch({ layer: next })}
        />
      </FilterBar>
      <Loaded of={read} shape="table">
        {(data) => (
          <Picture
            data={data}
            of={layer === 'self' ? '自评' : `${layerTitles[layer]}评`}
            branch={search.branch}
            onBranch={(branch) => setSearch({ branch }, { replace: true })}
          />
        )}
      </Loaded>
    </>
  );
}

interface PictureProps {
  data: Heat;
  of: string;
  branch: string | undefined;
  onBranch: (code: string | undefined) => void;
}

function Picture({ data, of, branch, onBranch }: PictureProps) {
  const narrow = useNarrow();
  const rates = branchRates(data);
  const low = weakest(rates);
  if (data.rows.length === 0) return <Empty title="还没有评估对象" />;
  const rows = branch === undefined ? data.rows : sortedBy(data.rows, branch);
  const Body = narrow ? HeatList : HeatTable;
  return (
    <Section
      title="哪些分支失分最多？"
      note={
        low
          ? `${of}失分最多的是“${low.title ?? low.code}”，平均得到分值的 ${cellNumber(low.mean)}%${low.least ? `；最低的是${low.least.name}，${cellNumber(low.least.rate)}%` : ''}`
          : `还没有一个分支的${of}得分齐全`
      }
      action={
        <Button kind="quiet" small onClick={() => print()}>
          打印
        </Button>
      }
    >
      <Body rates={rates} rows={rows} branch={branch} onBranch={onBranch} />
      <ul className={style.legend} aria-label="颜色的意思">
        <li>得到分值的：</li>
        {classWords().map((words, at) => (
          <li key={words}>
            <span className={`${style.swatch} ${style[`class${at}`]}`} aria-hidden="true" />
            {words}
          </li>
        ))}
        <li>— 还没有评完，或不适用</li>
        <li>{`颜色分 ${classCount} 级，数字是百分比；满分 ${fullMarks(data)}`}</li>
      </ul>
    </Section>
  );
}

const fullMarks = ({ branches }: Heat) =>
  branches.map(({ code, max }) => `${code} ${max === null ? '未见' : figureText(max)}`).join('、');
