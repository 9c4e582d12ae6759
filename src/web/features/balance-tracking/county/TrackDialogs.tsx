import { useState } from 'react';
import { listIssues, newReturn, proposals, sendBack } from '#contract/balance-tracking/tracks.ts';
import type { RouteOutput } from '#contract/route.ts';
import { reportParts, reportPartTitles } from '#domain/balance-tracking/flow.ts';
import { findingSeverityTitles } from '#domain/flow/finding.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { CheckField, TextAreaField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { provisionalText, type Track } from './track-reply.ts';

interface DialogProps {
  track: Track;
  /** How a return is taken back. */
  undo: () => () => void;
  onClose: () => void;
}

/** The acts on a track that ask for more than a sentence. */
export function TrackDialog({ act, ...props }: DialogProps & { act: 'return' | 'list' }) {
  return act === 'return' ? <SendBack {...props} /> : <ListIssues {...props} />;
}

function SendBack({ track, undo, onClose }: DialogProps) {
  const form = useForm(newReturn, { reason: '', parts: [] });
  const { act } = useAct(sendBack, { done: '已退回，县级收到通知', inline: 'form', onDone: onClose, undo });
  const parts = form.values.parts ?? [];
  return (
    <Dialog open title={`退回自评报告：${track.countyName}`} onClose={onClose}>
      <Form
        onSubmit={form.submit((body) =>
          act({ params: { trackId: track.id }, body: { ...body, revision: track.revision } }),
        )}
        verb="退回"
        busy={form.busy}
        problem={form.problems[''] ?? form.problems.parts}
      >
        {reportParts.map((part) => (
          <CheckField
            key={part}
            label={`${reportPartTitles[part]}需要修改`}
            error={undefined}
            value={parts.includes(part)}
            onChange={(on) => form.set({ parts: on ? [...parts, part] : parts.filter((one) => one !== part) })}
          />
        ))}
        <TextAreaField label="退回原因" {...form.field('reason')} rows={3} maxLength={500} />
      </Form>
    </Dialog>
  );
}

type Proposed = RouteOutput<typeof proposals>['rows'][number];

function ListIssues({ track, onClose }: DialogProps) {
  const found = useRead(proposals, { params: { trackId: track.id } });
  return (
    <Dialog open size="wide" title={`列出问题清单：${track.countyName}`} onClose={onClose}>
      <Loaded of={found} shape="table">
        {({ rows }) => <Choose track={track} rows={rows} onClose={onClose} />}
      </Loaded>
    </Dialog>
  );
}

function Choose({ track, rows, onClose }: { track: Track; rows: readonly Proposed[]; onClose: () => void }) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const keys = rows.filter(({ key }) => !left.has(key)).map(({ key }) => key);
  const provisional = provisionalText(track);
  const listing = useAct(listIssues, {
    done: keys.length === 0 ? '没有问题，已进入下一环节' : `${keys.length} 个问题已转入整改台账`,
    onDone: onClose,
  });
  async function list() {
    const yes = await confirm({
      title: keys.length === 0 ? '不列问题，进入下一环节？' : `把 ${keys.length} 个问题转入整改台账？`,
      text: '转入后在整改台账中下发、督办和销号；县级收到通知。没有选中的不列入。',
      verb: keys.length === 0 ? '不列问题' : `转入 ${keys.length} 个问题`,
    });
    if (yes) await listing.act({ params: { trackId: track.id }, body: { revision: track.revision, keys } });
  }
  return (
    <Stack>
      {provisional !== null && <p>▲ {provisional}问题按现在的数值列出。</p>}
      {rows.length === 0 && <p>按规则没有发现问题。</p>}
      {rows.length > 1 && (
        <Row>
          <span className="soft" role="status">
            已选 {keys.length} 个，共 {rows.length} 个
          </span>
          <Button kind="quiet" small disabled={keys.length === rows.length} onClick={() => setLeft(new Set())}>
            全选
          </Button>
          <Button
            kind="quiet"
            small
            disabled={keys.length === 0}
            onClick={() => setLeft(new Set(rows.map(({ key }) => key)))}
          >
            全不选
          </Button>
        </Row>
      )}
      {rows.map(({ key, title, ruleTitle, severity, body }) => (
        <CheckField
          key={key}
          label={title}
          help={`${ruleTitle}，${findingSeverityTitles[severity]}。${body}`}
          error={undefined}
          value={!left.has(key)}
          onChange={(on) => {
            const next = new Set(left);
            if (on) next.delete(key);
            else next.add(key);
            setLeft(next);
          }}
        />
      ))}
      <Row>
        <Button kind="primary" busy={listing.busy} onClick={() => void list()}>
          {keys.length === 0 ? '不列问题' : `转入 ${keys.length} 个问题`}
        </Button>
      </Row>
    </Stack>
  );
}
