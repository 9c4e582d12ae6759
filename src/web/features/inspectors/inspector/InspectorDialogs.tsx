import {
  appoint,
  handPaper,
  newPaper,
  newPublicNotice,
  newTerm,
  publicise,
  renew,
} from '#contract/inspectors/inspectors.ts';
import { halfTitles, paperTitles } from '#domain/inspection/inspector.ts';
import { paperPart } from '#domain/inspection/papers.ts';
import { daysBetween, schoolYearName } from '#domain/kit/school-year.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { Form } from '#web/shared/form/Form.tsx';
import { TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { PaperFile } from '../form/PaperFile.tsx';
import type { Inspector } from './inspector-reply.ts';
import { shorterNotice } from './public-notice.ts';

interface DialogProps {
  inspector: Inspector;
  onClose: () => void;
}

/** The acts on an inspector that ask for more than a sentence. */
export function InspectorDialog({ act, ...props }: DialogProps & { act: 'publicise' | 'appoint' | 'renew' }) {
  return act === 'publicise' ? <Publicise {...props} /> : <Term {...props} again={act === 'renew'} />;
}

function Publicise({ inspector, onClose }: DialogProps) {
  const form = useForm(newPublicNotice, inspector.nextPublicNotice);
  const proposed = inspector.nextPublicNotice;
  const short = shorterNotice(form.values, daysBetween(proposed.from, proposed.to) + 1);
  const { act } = useAct(publicise, { done: '已开始公示', inline: 'form', onDone: onClose });
  return (
    <Dialog open title={`公示：${inspector.name}`} onClose={onClose}>
      <Form
        onSubmit={form.submit((body) =>
          act({ params: { inspectorId: inspector.id }, body: { ...body, revision: inspector.revision } }),
        )}
        verb="开始公示"
        busy={form.busy}
        problem={form.problems['']}
      >
        <Pair>
          <DateField label="公示开始" {...form.field('from')} />
          <DateField label="公示结束" {...form.field('to')} help="次日起方可公布聘任" />
        </Pair>
        {short !== null && <p role="status">{short}</p>}
      </Form>
    </Dialog>
  );
}

function Term({ inspector, again, onClose }: DialogProps & { again: boolean }) {
  const { nextTerm, id, revision, name } = inspector;
  const form = useForm(newTerm, { from: nextTerm.from, to: nextTerm.to, documentNumber: '', reason: '' });
  const appointing = useAct(appoint, { done: '已公布聘任', inline: 'form', onDone: onClose });
  const renewing = useAct(renew, { done: '已续聘', inline: 'form', onDone: onClose });
  return (
    <Dialog open title={again ? `续聘：${name}` : `公布聘任：${name}`} onClose={onClose}>
      <Form
        onSubmit={form.submit((given) => {
          const body = { ...given, revision };
          return again
            ? renewing.act({ params: { inspectorId: id }, body })
            : appointing.act({ params: { inspectorId: id }, body });
        })}
        verb={again ? '续聘督学' : '公布聘任'}
        busy={form.busy}
        problem={form.problems['']}
      >
        <Pair>
          <DateField label="任期开始" {...form.field('from')} />
          <DateField label="任期结束" {...form.field('to')} required={nextTerm.to !== null} />
        </Pair>
        <TextField label="聘任文号" {...form.field('documentNumber')} required={false} maxLength={60} />
        {nextTerm.beyond !== null && (
          <TextAreaField
            label="超过连任规定的理由"
            {...form.field('reason')}
            required
            rows={2}
            maxLength={300}
            help={nextTerm.beyond}
          />
        )}
      </Form>
    </Dialog>
  );
}

/** A plan or a summary that came is kept with its text; files hang on the inspector. */
export function PaperDialog({ inspector, paper, onClose }: DialogProps & { paper: Inspector['papers'][number] }) {
  const { schoolYear, half } = paper;
  const form = useForm(newPaper, { paper: paper.paper, schoolYear, half, body: '', uploadId: null });
  const { act } = useAct(handPaper, { done: '已登记', inline: 'form', onDone: onClose });
  const title = `${schoolYearName(schoolYear)}${halfTitles[half]}${paperTitles[paper.paper]}`;
  return (
    <Dialog open title={`登记${title}：${inspector.name}`} onClose={onClose}>
      <Form
        onSubmit={form.submit((body) => act({ params: { inspectorId: inspector.id }, body }))}
        verb="登记材料"
        busy={form.busy}
        problem={form.problems['']}
      >
        <TextAreaField
          label="内容"
          {...form.field('body')}
          required={false}
          rows={8}
          maxLength={8000}
          help="粘贴正文，或附上文件；只收到纸质材料的，写明存放在哪里"
        />
        <PaperFile
          inspectorId={inspector.id}
          part={paperPart(paper)}
          uploadId={form.field('uploadId').value ?? null}
          onBrought={(uploadId) => form.field('uploadId').onChange(uploadId)}
        />
      </Form>
    </Dialog>
  );
}
