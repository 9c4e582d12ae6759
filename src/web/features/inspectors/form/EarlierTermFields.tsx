import { mostEarlierTerms } from '#domain/inspection/terms.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import type { OfficeState } from './OfficeFields.tsx';
import { Remove, without } from './OwnFields.tsx';

/** 以前的任期: terms that were served before the entry or elsewhere, which count where terms in a row are counted. */
export function EarlierTermFields({ form }: { form: OfficeState }) {
  const terms = form.values.earlierTerms ?? [];
  const isFull = terms.length >= mostEarlierTerms;
  const add = () => form.set({ earlierTerms: [...terms, { from: '', to: '' }] });
  return (
    <Section
      title="以前的任期"
      note="登记以前或在其他单位担任督学的各个任期，用来计算连续任期；在本平台公布的任期不用填"
      action={
        <Button onClick={add} disabled={isFull}>
          加一个任期
        </Button>
      }
    >
      {Array.from(terms.keys(), (at) => (
        <Section
          key={at}
          title={`任期 ${at + 1}`}
          action={<Remove onClick={() => form.set({ earlierTerms: without(terms, at) })} />}
        >
          <Pair>
            <DateField label="开始" {...form.field(`earlierTerms.${at}.from`)} required />
            <DateField label="结束" {...form.field(`earlierTerms.${at}.to`)} required />
          </Pair>
        </Section>
      ))}
    </Section>
  );
}
