import { addressees } from '#contract/official-documents/letters.ts';
import type { RouteOutput } from '#contract/route.ts';
import { call } from '#web/shared/call/call.ts';
import { Field } from '#web/shared/form/Field.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Combobox } from '#web/shared/kit/choice/Combobox.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';

export type Recipient = RouteOutput<typeof addressees>['rows'][number];

interface RecipientsProps {
  recipients: readonly Recipient[];
  onChange: (recipients: Recipient[]) => void;
}

const keyOf = ({ unitId, schoolId }: Recipient) => `${unitId}:${schoolId ?? ''}`;

/** The units and schools that receive the letter on the platform. */
export function Recipients({ recipients, onChange }: RecipientsProps) {
  const chosen = new Set(recipients.map(keyOf));
  return (
    <Section title="收文单位" note="印发时在平台上送达并签收">
      <Field label="添加单位或学校" choose required={false}>
        {({ id }) => (
          <Combobox<Recipient>
            id={id}
            label="添加单位或学校"
            value={null}
            placeholder="输入单位或学校的名称、代码或拼音"
            find={async (search, signal) => {
              const { rows } = await call(addressees, { query: { search } }, { signal });
              return rows.filter((row) => !chosen.has(keyOf(row))).map((row) => ({ value: row, label: row.name }));
            }}
            onChange={(choice) => choice && onChange([...recipients, choice.value])}
          />
        )}
      </Field>
      <Row>
        {recipients.map((one) => (
          <Button
            key={keyOf(one)}
            small
            kind="quiet"
            onClick={() => onChange(recipients.filter((other) => keyOf(other) !== keyOf(one)))}
          >
            {one.name}（移除）
          </Button>
        ))}
        {recipients.length === 0 && <span className="soft">没有在平台上送达的单位</span>}
      </Row>
    </Section>
  );
}
