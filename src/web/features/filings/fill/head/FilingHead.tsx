import { ownershipNames } from '#domain/org/ownership.ts';
import { schoolCodeText } from '#domain/org/school-code.ts';
import { urbanClassNames } from '#domain/org/urban-class.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Facts } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { Phrases } from '#web/shared/kit/words/Phrases.tsx';
import { useSession } from '#web/shared/session/session.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import type { FilingDetail } from '../../filing-drafts.ts';
import { inFormOrder } from '../../form-order.ts';
import { focusField } from '../form-focus.ts';
import style from './FilingHead.module.css';

/**
 * The school, the deadline, whom to call, and why the filing came back, if it did. `quiet` is for the reviewer: one
 * line.
 */
export function FilingHead({ detail, quiet }: { detail: FilingDetail; quiet?: boolean }) {
  const { school, deadline, contact } = detail;
  const done = detail.state !== 'draft';
  const kind = `${school.countyName} · ${school.schoolTypeName} · ${ownershipNames[school.ownership]} · ${urbanClassNames[school.urbanClass]}`;
  if (quiet) {
    return (
      <>
        <p className="caption tabular">
          <Phrases
            text={`${schoolCodeText(school.code)} · ${kind} · 填报期限 ${deadline.day}${detail.late ? '，迟交' : ''}`}
          />
        </p>
        {detail.released !== null && <Released reason={detail.released} />}
      </>
    );
  }
  return (
    <>
      <Facts
        items={[
          ['学校标识码', schoolCodeText(school.code)],
          ['办学情况', <Phrases key="kind" text={kind} />],
          [
            '填报期限',
            done ? (
              deadline.day
            ) : (
              <span key="deadline" data-late={detail.overdue || undefined} className={style.deadline}>
                {deadline.day} <Phrases text={`${deadline.phrase}${deadline.extended ? '（已延期）' : ''}`} />
              </span>
            ),
          ],
          ...(detail.addedOn === null ? [] : [['列入名单', `${detail.addedOn} 补入`] as const]),
          ['审核联系人', <Contact key="contact" contact={contact} />],
        ]}
      />
      {detail.released === null ? (
        <>
          <Reminded detail={detail} />
          <Returned detail={detail} />
          <Asked detail={detail} />
          <Standing detail={detail} />
          <NotYours detail={detail} />
        </>
      ) : (
        <Released reason={detail.released} />
      )}
    </>
  );
}

/** Why the filing no longer counts, and what is left of it. */
function Released({ reason }: { reason: string }) {
  return (
    <Band tone="look" label="不计入">
      <strong>不计入：</strong>
      {reason}。数据、经过仍可查看、打印和导出，不再办理，也不计入进度和测算。
    </Band>
  );
}

/** 催报 stands at the head of the form until the school has submitted. */
function Reminded({ detail }: { detail: FilingDetail }) {
  const { state, submittedAt, remindedBy } = detail;
  const since = remindedBy.filter(({ at }) => submittedAt === null || at > submittedAt);
  const last = [...since].sort((one, other) => other.at.localeCompare(one.at))[0];
  if (state !== 'draft' || !last) return null;
  return (
    <Band tone="look">
      <strong>已被催报{since.length > 1 ? ` ${since.length} 次` : ''}：</strong>
      {last.by} {formatDateTime(last.at)}
      {last.note && `　${last.note}`}
    </Band>
  );
}

/** The fields at which the other side has written something that nobody has dealt with. */
function Asked({ detail }: { detail: FilingDetail }) {
  return detail.openComments.forMe > 0 ? <AskedFields detail={detail} /> : null;
}

function AskedFields({ detail: { comments, openComments, fields } }: { detail: FilingDetail }) {
  const ofSchool = useSession().role.level === 'school';
  const open = comments.filter(
    ({ resolvedAt, authorLevel }) =>
      resolvedAt === null && authorLevel !== null && (authorLevel === 'school') !== ofSchool,
  );
  return (
    <div className="screen-only">
      <Band tone="look" label="批注待答复">
        <Row>
          <strong>批注待答复 {openComments.forMe} 条：</strong>
          {inFormOrder(
            open.map(({ field }) => field),
            fields,
          ).map((field) => (
            <Button key={field} small onClick={() => focusField(field)}>
              {field}
            </Button>
          ))}
        </Row>
      </Band>
    </div>
  );
}

/** Each return since the school last submitted: a second return adds fields and takes none back. */
function Returned({ detail }: { detail: FilingDetail }) {
  if (detail.state !== 'draft' || !detail.returnReason) return null;
  const submitted = detail.steps.findLastIndex(({ action }) => action === 'submit');
  const returns = detail.steps.slice(submitted + 1).filter(({ to, reason }) => to === 'draft' && reason);
  const chosen =
    detail.openFields === null
      ? []
      : inFormOrder(
          returns.flatMap(({ fields }) => fields ?? []),
          detail.fields,
        );
  return (
    <Band tone="look" label="退回修改">
      <Stack gap={2}>
        {returns.map((step) => (
          <div key={step.id}>
            <p>
              <strong>↩ {step.action === 'return' ? '退回修改' : step.title}：</strong>
              {step.reason}
            </p>
            <p className="caption">
              {step.actorName} {formatDateTime(step.at)}
            </p>
          </div>
        ))}
        {chosen.length > 0 && (
          <>
            <p className="caption">只有下列数据项及与其相关的数据项可以修改，其余已锁定：</p>
            <Row>
              {chosen.map((key) => (
                <Button key={key} small onClick={() => focusField(key)}>
                  {key}
                </Button>
              ))}
            </Row>
          </>
        )}
      </Stack>
    </Band>
  );
}

/**
 * The state of a filing that nobody types into now, and the next step, for the person who holds it and for all others.
 */
const standings = {
  submitted: ['已提交，等待审核，现在不能修改。', '需要改动可先撤回。', ''],
  approved: ['县级已批准，数据已锁定并用于均衡测算。', '需要更正可重新开放。', '需要更正请联系审核联系人重新开放。'],
  accepted: ['市级已接收，数据已锁定。', '需要更正可重新开放。', '需要更正请联系市级重新开放。'],
} as const;

function standingOf({ state, can, fillObstacle }: FilingDetail): string | null {
  if (fillObstacle !== null || state === 'draft') return fillObstacle;
  const [sentence, own, others] = standings[state];
  return sentence + (can.withdraw || can.reopen ? own : others);
}

/** Why nobody can type now. */
function Standing({ detail }: { detail: FilingDetail }) {
  const sentence = standingOf(detail);
  if (!sentence && detail.can.fill) return null;
  return (
    <div className="screen-only">
      <Band tone="plain">{sentence ?? '学校正在填报，这里只供查看。'}</Band>
    </div>
  );
}

/** Why 去审核 is missing here although the post reviews: this person signed the filing in another post. */
function NotYours({ detail: { signingObstacle, school } }: { detail: FilingDetail }) {
  if (signingObstacle === null) return null;
  const unit = school.managedBy === 'city' ? '市级' : school.countyName;
  return (
    <div className="screen-only">
      <Band tone="look" label="不能由您审核">
        {signingObstacle}
        {unit}有审核权限的其他人员可以办理；没有的，请安全管理员授予。
      </Band>
    </div>
  );
}

function Contact({ contact }: { contact: FilingDetail['contact'] }) {
  const { unitName, name, phone } = contact;
  if (name === null && phone === null) return <>{unitName}尚未指定审核联系人，也没有审核人员，请联系系统管理员</>;
  return (
    <>
      {unitName} {name ?? ''}{' '}
      {phone ? (
        <a className={style.phone} href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>
          {phone}
        </a>
      ) : (
        '电话未登记'
      )}
    </>
  );
}
