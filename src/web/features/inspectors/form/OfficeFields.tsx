import type { z } from 'zod';
import type { inspectorForm, read } from '#contract/inspectors/inspectors.ts';
import type { RouteOutput } from '#contract/route.ts';
import { SelectField, TextField } from '#web/shared/form/fields.tsx';
import type { FormState } from '#web/shared/form/useForm.ts';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { kindChoices } from '../inspector.words.ts';

export type OfficeValues = z.input<typeof inspectorForm>;
export type OfficeState = FormState<OfficeValues, z.output<typeof inspectorForm>>;

/** What the office alone enters: kind and name, certificate, account, and who recommends. */
export function OfficeFields({ form, serving = false }: { form: OfficeState; serving?: boolean }) {
  const field = form.fields(['kind', 'name', 'certificateNumber', 'recommendedBy', 'username']);
  return (
    <>
      <Pair>
        <TextField label="姓名" {...field.name} maxLength={40} />
        <SelectField
          label="类别"
          {...field.kind}
          options={kindChoices}
          disabled={serving}
          help={serving ? '在任人员不能改类别；须先办理离任，再重新登记' : undefined}
        />
      </Pair>
      <Pair>
        <TextField label="推荐单位" {...field.recommendedBy} required={false} maxLength={100} />
        <TextField label="督学证号" {...field.certificateNumber} required={false} maxLength={40} />
      </Pair>
      <TextField
        label="账户用户名"
        {...field.username}
        required={false}
        maxLength={60}
        spellCheck={false}
        help="填写后由本人登录补充登记表；用户名和姓名须与账户一致"
      />
    </>
  );
}

type Requirements = RouteOutput<typeof read>['requirements'];
const standings = [
  { value: 'unknown', label: '待核' },
  { value: 'met', label: '符合' },
  { value: 'not-met', label: '不符合' },
] as const;

/** The requirements that no figure answers: somebody who looked says so, and on what it rests. */
export function StatementFields({ form, requirements }: { form: OfficeState; requirements: Requirements }) {
  const statements = form.values.statements ?? [];
  const stated = requirements.filter((one) => one.stated);
  if (stated.length === 0) return null;
  const say = (key: string, standing: (typeof standings)[number]['value'], basis: string) => {
    const others = statements.filter(({ requirement }) => requirement !== key);
    const said = { requirement: key, met: standing === 'met', basis };
    form.set({ statements: standing === 'unknown' ? others : [...others, said] });
  };
  return (
    <Section title="聘任条件" note="学历和年限由登记表得出，其余逐项核实并写明依据">
      <Stack>
        {stated.map(({ key, title }) => {
          const said = statements.find(({ requirement }) => requirement === key);
          const standing = said === undefined ? 'unknown' : said.met ? 'met' : 'not-met';
          return (
            <Pair key={key}>
              <SelectField
                label={title}
                value={standing}
                required={false}
                options={[...standings]}
                onChange={(next) => say(key, next, said?.basis ?? '')}
              />
              <TextField
                label={`依据（${title}）`}
                value={said?.basis ?? ''}
                required={false}
                maxLength={200}
                onChange={(basis) => say(key, standing === 'unknown' ? 'met' : standing, basis)}
              />
            </Pair>
          );
        })}
      </Stack>
    </Section>
  );
}
