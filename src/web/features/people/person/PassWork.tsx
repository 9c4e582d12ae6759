import { useState } from 'react';
import { openWork, passWork } from '#contract/people/pass-work.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { CheckField, SelectField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { formatNumber } from '#web/shared/words/format.ts';
import type { PersonDetail } from '../people.words.ts';

type Post = PersonDetail['history'][number];
type Open = RouteOutput<typeof openWork>;

/** 移交工作: what is open at a post, by kind and number, and who of the same unit goes on with it. */
export function PassWork({ person, post, onClose }: { person: PersonDetail; post: Post; onClose: () => void }) {
  const params = { personId: person.id, grantId: post.grantId };
  const read = useRead(openWork, { params });
  return (
    <Dialog open title={`移交${person.name}的工作`} onClose={onClose}>
      <Loaded of={read} shape="form">
        {(open) =>
          open.rows.length === 0 ? (
            <p>
              {post.roleName}
              没有可以移交的工作。填报、自评、工作要点属于岗位，由继任的人接着办；访问令牌和代办随岗位收回而结束。
            </p>
          ) : (
            <PassWorkForm person={person} params={params} open={open} onClose={onClose} />
          )
        }
      </Loaded>
    </Dialog>
  );
}

function PassWorkForm({
  person,
  params,
  open,
  onClose,
}: {
  person: PersonDetail;
  params: { personId: string; grantId: string };
  open: Open;
  onClose: () => void;
}) {
  const [kinds, setKinds] = useState<readonly string[]>(open.rows.map(({ kind }) => kind));
  const [to, setTo] = useState<string>();
  const act = useAct(passWork, {
    done: ({ what, staying, beyond }) =>
      `已移交${what}，双方都会收到通知。${staying === null ? '' : `没有移交：${staying}，请另行移交给其他人。`}${beyond ?? ''}`,
    onDone: onClose,
  });
  const able = open.successors.filter((one) => kinds.every((kind) => one.kinds.includes(kind)));
  const chosen = able.find(({ grantId }) => grantId === to);
  const stay = open.rows.flatMap(({ kind, stays }) => (stays !== null && kinds.includes(kind) ? [stays] : []));
  const bars = [...new Set(open.successors.flatMap((one) => one.bars))];
  return (
    <Stack>
      <p>
        只移交没有办完的；已经签过的字、办过的步骤仍在{person.name}
        名下。移交后，流转记录写明两人姓名。公文和问题按人移交，本人在这个单位另有岗位的一并移交。
      </p>
      <fieldset>
        <legend>移交哪些</legend>
        {open.rows.map(({ kind, title, count }) => (
          <CheckField
            key={kind}
            label={`${title}　${formatNumber(count)} 项`}
            value={kinds.includes(kind)}
            onChange={(on) => setKinds(on ? [...kinds, kind] : kinds.filter((one) => one !== kind))}
          />
        ))}
      </fieldset>
      {stay.length > 0 && <p className="caption">不移交：{stay.join('、')}。移交后会列出件数，请另行移交给其他人。</p>}
      {bars.map((bar) => (
        <p key={bar} className="caption">
          {bar}
        </p>
      ))}
      {kinds.length === 0 ? (
        <p role="alert">请至少选择一类工作。</p>
      ) : able.length === 0 ? (
        <p role="alert">
          同单位没有人的岗位能接手所选的{kinds.length > 1 ? '全部' : ''}工作。请{kinds.length > 1 && '分类移交，或'}
          先授予接手人相应的角色。
        </p>
      ) : (
        <SelectField
          label="移交给"
          options={able.map(({ grantId, name, roleName }) => ({ value: grantId, label: `${name}（${roleName}）` }))}
          value={chosen?.grantId}
          onChange={setTo}
        />
      )}
      <Row>
        <Button onClick={onClose}>取消</Button>
        <Button
          kind="primary"
          busy={act.busy}
          disabled={chosen === undefined || kinds.length === 0 || !open.can.passWork}
          onClick={() => chosen && void act.act({ params, body: { to: chosen.grantId, kinds: [...kinds] } })}
        >
          {chosen ? `移交给${chosen.name}` : '移交工作'}
        </Button>
      </Row>
    </Stack>
  );
}
