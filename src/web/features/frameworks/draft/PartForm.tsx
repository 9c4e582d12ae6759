import { useState } from 'react';
import { CheckField, SelectField, TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import {
  faultAt,
  type Part,
  type PartFault,
  type PartField,
  readNumbers,
  readRecord,
  recordText,
  withPart,
} from './fields/part-fields.ts';
import style from './PartForm.module.css';

interface PartFormProps {
  fields: readonly PartField[];
  part: Part;
  onChange: (part: Part) => void;
  /** What was wrong when it was saved last: each sentence stands at its field. */
  faults?: readonly PartFault[];
  /** Where the part stands in the edition: `vetoes[0].`, or nothing for the edition itself. */
  at?: string;
}

const noFaults: readonly PartFault[] = [];

/** The fields of a method or a rule. */
export function PartForm({ fields, part, onChange, faults = noFaults, at = '' }: PartFormProps) {
  return (
    <div className={style.fields}>
      {fields.map((field) => (
        <div key={field.key} className={isWide(field) ? style.wide : undefined}>
          <OneField
            field={field}
            value={part[field.key]}
            faults={faults}
            at={`${at}${field.key}`}
            onChange={(value) => onChange(withPart(part, field, value))}
          />
        </div>
      ))}
    </div>
  );
}

const isWide = (field: PartField) =>
  ['rows', 'group', 'texts', 'record'].includes(field.kind) || (field.kind === 'text' && field.long === true);

interface OneFieldProps {
  field: PartField;
  value: unknown;
  onChange: (value: unknown) => void;
  faults: readonly PartFault[];
  at: string;
}

function OneField({ field, value, onChange, faults, at }: OneFieldProps) {
  const { label, kind } = field;
  const error = faultAt(faults, at);
  const given = {
    ...{ label, required: isRequired(field) },
    ...(field.help === undefined ? {} : { help: field.help }),
    ...(error === undefined ? {} : { error }),
  };
  switch (kind) {
    case 'number':
      return (
        <NumberField
          {...given}
          {...(field.unknown === undefined ? {} : { placeholder: field.unknown })}
          value={typeof value === 'number' ? value : null}
          onChange={onChange}
        />
      );
    case 'text':
      return field.long ? (
        <TextAreaField
          {...given}
          rows={2}
          maxLength={2000}
          value={asText(value)}
          onChange={(text) => onChange(field.unknown && text === '' ? null : text)}
        />
      ) : (
        <TextField
          {...given}
          maxLength={400}
          value={asText(value)}
          onChange={(text) => onChange(field.unknown && text === '' ? null : text)}
        />
      );
    case 'choice':
      return (
        <SelectField
          {...given}
          value={typeof value === 'string' ? value : field.optional ? none : null}
          options={[
            ...(field.optional ? [{ value: none, label: '不写' }] : []),
            ...Object.entries(field.options).map(([key, title]) => ({ value: key, label: title })),
          ]}
          onChange={(chosen) => onChange(chosen === none ? null : chosen)}
        />
      );
    case 'flag':
      return (
        <CheckField
          label={label}
          value={value === true}
          onChange={(on) => onChange(on ? true : field.both ? false : undefined)}
        />
      );
    case 'value':
      return <TypedField {...given} text={valueText(value)} read={readValue} onChange={onChange} />;
    case 'cost':
      return <TypedField {...given} text={costText(value)} read={readCost} onChange={onChange} />;
    case 'numbers':
      return (
        <TypedField
          {...given}
          text={Array.isArray(value) ? value.join('、') : ''}
          read={readNumbers}
          onChange={onChange}
          fault="请填写数字，用顿号隔开"
        />
      );
    case 'texts':
      return (
        <TypedField
          {...given}
          long
          text={Array.isArray(value) ? value.join('\n') : ''}
          read={(text) =>
            text
              .split('\n')
              .map((line) => line.trim())
              .filter((line) => line !== '')
          }
          onChange={onChange}
        />
      );
    case 'record':
      return (
        <TypedField
          {...given}
          long
          text={recordText((value ?? {}) as Record<string, number>, field.words)}
          read={(text) => (text.trim() === '' && field.optional ? null : readRecord(text, field.words))}
          onChange={onChange}
          fault="每行写名称和数字，中间空一格"
        />
      );
    case 'group':
      return <Group field={field} value={value as Part | undefined} onChange={onChange} faults={faults} at={at} />;
    case 'rows':
      return (
        <Rows field={field} value={(value ?? []) as readonly Part[]} onChange={onChange} faults={faults} at={at} />
      );
  }
}

/** What may be left empty says so. */
function isRequired(field: PartField): boolean {
  if ('optional' in field && field.optional === true) return false;
  return !('unknown' in field) || field.unknown === undefined || field.unknown === false;
}

/** No option of a choice is called so. */
const none = '—';
const asText = (value: unknown) => (value === null || value === undefined ? '' : String(value));

function valueText(value: unknown): string {
  return typeof value === 'object' && value !== null ? (value as { fact: string }).fact : asText(value);
}

/** A number, the name of a level, or a fact. */
function readValue(text: string): unknown {
  const plain = text.trim();
  if (plain.startsWith('事实:')) return { fact: plain };
  return plain !== '' && Number.isFinite(Number(plain)) ? Number(plain) : plain;
}

function costText(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    const { from, to } = value as { from: number; to: number };
    return `${from}-${to}`;
  }
  return asText(value);
}

function readCost(text: string): unknown {
  const range = /^(\d+(?:\.\d+)?)\s*[-—~至]\s*(\d+(?:\.\d+)?)$/.exec(text.trim());
  if (range) return { from: Number(range[1]), to: Number(range[2]) };
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

interface TypedFieldProps {
  label: string;
  required: boolean;
  help?: string;
  error?: string;
  long?: boolean;
  text: string;
  /** Undefined where the text cannot be read yet. */
  read: (text: string) => unknown;
  onChange: (value: unknown) => void;
  fault?: string;
}

/** A field that keeps what is typed until it can be read. */
function TypedField({ text, read, onChange, fault, long, ...given }: TypedFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? text;
  const isFaulty = typed !== null && read(typed) === undefined;
  const Element = long ? TextAreaField : TextField;
  return (
    <Element
      {...given}
      value={shown}
      {...(isFaulty ? { error: fault ?? '请填写数字' } : {})}
      onChange={(next) => {
        setTyped(next);
        const value = read(next);
        if (value !== undefined) onChange(value);
      }}
    />
  );
}

type GroupProps = Pick<OneFieldProps, 'onChange' | 'faults' | 'at'> & {
  field: Extract<PartField, { kind: 'group' }>;
  value: Part | undefined;
};

function Group({ field, value, onChange, faults, at }: GroupProps) {
  const isThere = value !== undefined && value !== null;
  return (
    <fieldset className={style.group}>
      <legend>{field.label}</legend>
      {field.optional && (
        <CheckField
          label={`写明${field.label}`}
          value={isThere}
          onChange={(on) => onChange(on ? field.empty : undefined)}
        />
      )}
      {isThere && <PartForm fields={field.fields} part={value} onChange={onChange} faults={faults} at={`${at}.`} />}
    </fieldset>
  );
}

type RowsProps = Pick<OneFieldProps, 'onChange' | 'faults' | 'at'> & {
  field: Extract<PartField, { kind: 'rows' }>;
  value: readonly Part[];
};

function Rows({ field, value, onChange, faults, at: list }: RowsProps) {
  const put = (at: number, ...rows: readonly Part[]) =>
    onChange([...value.slice(0, at), ...rows, ...value.slice(at + 1)]);
  return (
    <fieldset className={style.group}>
      <legend className={field.titled ? 'visually-hidden' : undefined}>{field.label}</legend>
      <Stack>
        {value.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own and are edited in place
          <fieldset key={at} className={style.row}>
            <legend>{`${field.label} ${at + 1}`}</legend>
            <PartForm
              fields={field.fields}
              part={row}
              onChange={(next) => put(at, next)}
              faults={faults}
              at={`${list}[${at}].`}
            />
            <Row>
              <Button
                small
                kind="quiet"
                disabled={at === 0}
                onClick={() => onChange([...value.slice(0, at - 1), row, value[at - 1]!, ...value.slice(at + 1)])}
              >
                上移
              </Button>
              <Button small kind="quiet" onClick={() => put(at)}>
                去掉
              </Button>
            </Row>
          </fieldset>
        ))}
        <Row>
          <Button small onClick={() => onChange([...value, field.empty])}>
            增加一行：{field.label}
          </Button>
        </Row>
      </Stack>
    </fieldset>
  );
}
