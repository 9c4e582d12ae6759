import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { chooseCity, division, type divisions } from '#contract/directory/city.ts';
import type { RouteOutput } from '#contract/route.ts';
import { shortNameOf } from '#domain/org/short-name.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { call } from '#web/shared/call/call.ts';
import { refreshAfter, useRead } from '#web/shared/call/queries.ts';
import { Field } from '#web/shared/form/Field.tsx';
import { Form } from '#web/shared/form/Form.tsx';
import { CheckField, TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Combobox } from '#web/shared/kit/choice/Combobox.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { citySearch } from '../directory.search.ts';
import style from './ChooseCity.module.css';

type Offered = RouteOutput<typeof divisions>;
type Division = RouteOutput<typeof division>;

/** The choice of the city: found by name, code or pinyin, its counties ticked, its zones typed. */
export function ChooseCity({ offered }: { offered: Offered }) {
  const [{ city: code }, setSearch] = useSearchState(citySearch);
  const chosen = offered.cities.find((one) => one.code === String(code));
  const choiceOf = ({ code: value, name, province, spelling, initials }: Offered['cities'][number]) => ({
    ...{ value, label: name, note: `${province} ${value}`, terms: `${spelling} ${initials}` },
  });
  return (
    <div className={style.choice}>
      <p className="caption">
        行政区划截至 {offered.asOf}。与现状不符的，先按名录建立，再由市级督导干部更改。
        {offered.chosen && '还没有学校、岗位和学年，可以另选；另选后原来的单位全部撤去。'}
      </p>
      <Field label="城市" choose>
        {(control) => (
          <Combobox
            id={control.id}
            label="城市"
            placeholder="输入名称、代码或拼音"
            options={offered.cities.map(choiceOf)}
            value={chosen ? choiceOf(chosen) : null}
            onChange={(choice) => setSearch({ city: choice ? Number(choice.value) : undefined }, { replace: true })}
          />
        )}
      </Field>
      {chosen && <Counties key={chosen.code} code={chosen.code} offered={offered} />}
    </div>
  );
}

function Counties({ code, offered }: { code: string; offered: Offered }) {
  const read = useRead(division, { params: { code } }, { staleTime: 60_000 });
  return (
    <Loaded of={read} shape="form">
      {(found) => <Units found={found} offered={offered} />}
    </Loaded>
  );
}

function Units({ found, offered }: { found: Division; offered: Offered }) {
  const navigate = useNavigate();
  const all = found.counties;
  const [others, setOthers] = useState(false);
  const form = useForm(chooseCity.body!, {
    code: found.code,
    counties: all.filter(({ files }) => files).map((county) => county.code),
    // A city without counties begins with a zone.
    zones: all.length > 0 ? [] : [{ name: '', shortName: '' }],
    seen: offered.chosen?.unitId ?? null,
  });
  const { counties = [], zones = [] } = form.values;
  const tick = (county: string, on: boolean) =>
    form.set({ counties: on ? [...counties, county] : counties.filter((one) => one !== county) });
  const count = counties.length + zones.length;
  return (
    <Form
      verb={offered.chosen ? `改选为${found.name}` : `选定${found.name}`}
      busy={form.busy}
      problem={form.problems['']}
      onSubmit={form.submit(async (body) => {
        await call(chooseCity, { body });
        await refreshAfter(chooseCity);
        await navigate({ to: '/' });
        toast.say(`已选定${found.name}，建立了 ${body.counties.length + body.zones.length} 个县级单位。`);
      })}
      more={<span className="caption">{count} 个县级单位</span>}
    >
      {all.length > 0 && (
        <fieldset className={style.counties}>
          <legend>县（市、区）</legend>
          {all.map((county) => (
            <CheckField
              key={county.code}
              label={county.name}
              help={county.files ? undefined : '不在填报范围，默认不选'}
              value={counties.includes(county.code)}
              onChange={(on) => tick(county.code, on)}
            />
          ))}
        </fieldset>
      )}
      <fieldset className={style.zones}>
        <legend>单独填报的功能区</legend>
        <p className="caption">经济技术开发区等没有行政区划代码，另给单位代码。也可以以后再增设。</p>
        {zones.map((_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a zone has nothing but its place until it is written
          <div key={at} className={style.zone}>
            <Pair>
              <TextField label="名称" autoComplete="off" autoFocus={others} {...form.field(`zones.${at}.name`)} />
              <TextField
                label="简称"
                autoComplete="off"
                placeholder={shortNameOf(zones[at]?.name ?? '').slice(0, 10)}
                {...form.field(`zones.${at}.shortName`)}
              />
            </Pair>
            <Button kind="quiet" small onClick={() => form.set({ zones: zones.filter((__, place) => place !== at) })}>
              移去<span className="visually-hidden">第 {at + 1} 个功能区</span>
            </Button>
          </div>
        ))}
        <Button
          small
          onClick={() => {
            setOthers(true);
            form.set({ zones: [...zones, { name: '', shortName: '' }] });
          }}
        >
          添加功能区
        </Button>
      </fieldset>
    </Form>
  );
}
