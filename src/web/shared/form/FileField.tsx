import { Field } from './Field.tsx';

interface FileFieldProps {
  label: string;
  help: string;
  /** What was chosen; nothing where the choice was taken back. */
  onFile: (file: File | undefined) => void;
}

/** One table to be read: Excel or CSV. */
export function FileField({ label, help, onFile }: FileFieldProps) {
  return (
    <Field label={label} help={help}>
      {(control) => (
        <input
          {...control}
          type="file"
          accept=".xlsx,.xls,.csv"
          onChange={(event) => onFile(event.target.files?.[0])}
        />
      )}
    </Field>
  );
}
