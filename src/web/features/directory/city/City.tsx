import { divisions } from '#contract/directory/city.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { ChooseCity } from './ChooseCity.tsx';

/** 本市: the city for which this installation works, with its county-level units. */
export default function City() {
  const read = useRead(divisions, {}, { staleTime: 60_000 });
  const chosen = read.data?.chosen;
  return (
    <Page title="本市" state={read.data && (chosen ? `已选定${chosen.name}` : '还没有选定')}>
      <Loaded of={read} shape="form">
        {(data) => (data.bar === null ? <ChooseCity offered={data} /> : <Band tone="plain">{data.bar}</Band>)}
      </Loaded>
    </Page>
  );
}
