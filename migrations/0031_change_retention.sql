-- The terms become rows, so that an office writes its own schedule into them, and the function that removes takes its bound from
-- the row of the kind alone: nobody names a day to it any more.
create table retention_terms (
  kind text primary key check (length(kind) between 1 and 40),
  position smallint not null unique,
  title text not null check (length(title) between 1 and 60),
  -- What belongs to the kind, in words.
  covers text not null check (length(covers) between 1 and 300),
  -- Null: kept for good, or until it ends.
  years smallint check (years between 1 and 100),
  -- The years below which no schedule may go.
  least_years smallint not null default 1 check (least_years between 1 and 100),
  -- `term`: removed at night after its years; `end`: removed when it has ended, as `covers` says; `never`: by nobody.
  removal text not null check (removal in ('term', 'end', 'never')),
  basis text not null check (length(basis) between 1 and 500),
  -- The basis is an example that the office replaces by its own schedule.
  sample boolean not null,
  revision integer not null default 1,
  changed_at timestamptz,
  changed_by text,
  check (years >= least_years)
);

grant select on retention_terms to dudao_app;

insert into retention_terms (position, kind, title, covers, years, least_years, removal, basis, sample) values
  (1, 'notices', '已发通知', '通知、谁在何时阅读、随通知寄出的邮件的投递记录', 5, 1, 'term',
   '示例：一般事务性材料，期满后不再查考；正式期限以各机关按《机关文件材料归档范围和文书档案保管期限规定》（国家档案局令第 8 号）编制的期限表为准', true),
  (2, 'deliveries', '邮件投递记录', '寄给谁、何时寄出、结果；不含邮件内容', 2, 1, 'term',
   '示例：只供核对邮件是否送达；《中华人民共和国网络安全法》要求相关网络日志留存不少于六个月', true),
  (3, 'setup-links', '用过或过期的一次性链接', '设置密码的一次性链接，只存摘要', 1, 1, 'term',
   '示例：只存摘要，过期后仅供查考谁在何时发出；发出本身另有审计记录', true),
  (4, 'sessions', '登录', '登录、登录验证和登录失败的记录；失效后由夜间任务“清理失效的登录”清理', null, 1, 'end',
   '登录和退出另有审计记录，失效的登录没有查考价值', false),
  (5, 'imports', '待确认的导入', '读入后还没有确认的表；过期后由夜间任务“清理过期的导入”清理', null, 1, 'end',
   '没有确认的数据不是业务记录', false),
  (6, 'uploads', '没有用上的文件', '上传后没有附到任何事项的文件；由夜间任务“清理无人使用的文件”清理', null, 1, 'end',
   '没有附上的文件不是业务记录', false),
  (7, 'mail-addresses', '个人邮箱和邮件选择', '本人登记的邮箱、验证码摘要、免打扰时段和不要的类别；本人去掉即删除', null, 1, 'end',
   '《中华人民共和国个人信息保护法》第四十七条：处理目的已实现或者本人撤回同意的，应当删除', false),
  (8, 'jobs', '后台任务', '等待和失败的任务；做成即删除，失败的由系统管理员放弃', null, 1, 'end',
   '任务的结果另有业务记录', false),
  (9, 'audit', '审计记录', '审计事件和封存链', null, 1, 'never',
   '《中华人民共和国网络安全法》：留存相关的网络日志不少于六个月；封存链要求完整，本系统长期保留', false),
  (10, 'people', '人员和岗位', '账户、岗位、代办、令牌、密码摘要和权限的变动；停用后仍保留', null, 1, 'never',
   '示例：审计和签署记录须能指到人；停用的账户不能登录', true),
  (11, 'directory', '单位和学校', '单位、学校、历史版本、变动和各学年冻结的名册', null, 1, 'never',
   '示例：各年数据的依据，永久保管', true),
  (12, 'filings', '年度填报', '采集、填报、流转步骤、批注和冻结的数据', null, 1, 'never',
   '示例：监测和认定的依据材料，永久保管', true),
  (13, 'balance', '均衡测算', '标准、测算及其输入和结果', null, 1, 'never',
   '示例：监测和认定的依据材料，永久保管', true),
  (14, 'tracks', '均衡跟踪', '省公布数据、年度跟踪、自评报告、原因和问题清单', null, 1, 'never',
   '示例：监测和认定的依据材料，永久保管', true),
  (15, 'findings', '整改台账', '问题、措施、延期、升级、复核抽查', null, 1, 'never',
   '示例：督导问责的依据材料，永久保管', true),
  (16, 'letters', '公文', '机关代字、发文、印发的文件、收文和往来', null, 1, 'never',
   '示例：《党政机关公文处理工作条例》要求公文及时归档；正式期限以本机关的期限表为准，移交档案部门以前不清理', true),
  (17, 'plans', '工作要点和会议', '工作要点、任务、分解、进展和会议记录', null, 1, 'never',
   '示例：正式期限以本机关的期限表为准', true),
  (18, 'files', '附件', '附在事项上的文件；与所附的事项同一期限', null, 1, 'never',
   '示例：随所附事项保管', true);

-- What the last night did with a kind. The audit keeps every removal; here stands the newest.
create table retention_proofs (
  kind text primary key references retention_terms,
  -- When the term was last asked for, whether anything went or not.
  checked_at timestamptz not null,
  -- The last removal.
  removed_at timestamptz,
  removed integer,
  digest text,
  oldest timestamptz,
  newest timestamptz,
  check ((removed_at is null) = (removed is null) and (removed_at is null) = (digest is null))
);

grant select on retention_proofs to dudao_app;

alter table retention_holds add foreign key (kind) references retention_terms;

-- Writes another term and its source. The least years of a kind hold for everybody, and a kind that nobody removes stays so.
-- Returns false where the row was changed meanwhile or is not there.
create function change_retention_term(
  changed_kind text, new_years smallint, new_basis text, read_revision integer, moment timestamptz, person_name text
) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update retention_terms t
     set years = new_years, basis = new_basis, sample = false, revision = t.revision + 1,
         changed_at = moment, changed_by = person_name
   where t.kind = changed_kind and t.revision = read_revision and t.removal <> 'end';
  return found;
end
$$;

drop function remove_outdated(text, timestamptz);

-- Removes the rows of a kind that are older than its term, with everything that goes with them, and answers with their number and
-- the digest of what they held: the SHA-256 over the SHA-256 of each row of each table, in the order of table and key. The
-- application's role may delete none of these rows itself, and nothing goes that is held or within its term.
create function remove_outdated(kept_kind text)
returns table (gone integer, proof text, first_at timestamptz, last_at timestamptz)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  before timestamptz;
  deliveries_before timestamptz;
  outdated uuid[];
begin
  select now() - make_interval(years => t.years) into before
    from retention_terms t where t.kind = kept_kind and t.removal = 'term' for update;
  if before is null then
    raise exception 'rows of this kind are not removed' using errcode = 'check_violation';
  end if;
  if exists (select 1 from retention_holds h where h.kind = kept_kind and h.lifted_at is null) then
    raise exception 'rows of this kind are held' using errcode = 'check_violation';
  end if;
  if kept_kind = 'notices' then
    -- A notice goes with its deliveries, so it stays while one of them does: held, within a longer term, or still under way.
    select now() - make_interval(years => t.years) into deliveries_before
      from retention_terms t where t.kind = 'deliveries' for update;
    if exists (select 1 from retention_holds h where h.kind = 'deliveries' and h.lifted_at is null) then
      deliveries_before := null;
    end if;
    select coalesce(array_agg(n.id), '{}') into outdated
      from notices n
     where n.sent_at < before
       and not exists (
         select 1 from notice_deliveries d
          where d.place_id = n.place_id and d.notice_id = n.id
            and (d.created_at < deliveries_before
                 and (d.state in ('sent', 'failed') or d.state = 'uncertain' and d.repeated)) is not true
       );
    select count(*) filter (where r.part = 1)::integer, min(r.at), max(r.at),
           encode(sha256(string_agg(sha256(convert_to(r.kept::text, 'UTF8')), ''::bytea
             order by r.part, r.place_id, r.id, r.other)), 'hex')
      into gone, first_at, last_at, proof
      from (
        select 1 as part, n.place_id, n.id, n.id as other, n.sent_at as at, to_jsonb(n) as kept
          from notices n where n.sent_at < before and n.id = any (outdated)
        union all
        select 2, m.place_id, m.notice_id, m.person_id, null, to_jsonb(m)
          from notice_reads m join notices n on n.place_id = m.place_id and n.id = m.notice_id
         where n.sent_at < before and n.id = any (outdated)
        union all
        select 3, d.place_id, d.notice_id, d.id, null, to_jsonb(d)
          from notice_deliveries d join notices n on n.place_id = d.place_id and n.id = d.notice_id
         where n.sent_at < before and n.id = any (outdated)
      ) r;
    delete from notice_reads m using notices n
     where n.place_id = m.place_id and n.id = m.notice_id and n.sent_at < before and n.id = any (outdated);
    delete from notices n where n.sent_at < before and n.id = any (outdated);
  elsif kept_kind = 'deliveries' then
    select count(*)::integer, min(r.created_at), max(r.created_at),
           encode(sha256(string_agg(sha256(convert_to(to_jsonb(r)::text, 'UTF8')), ''::bytea order by r.place_id, r.id)), 'hex')
      into gone, first_at, last_at, proof
      from (
        select d.* from notice_deliveries d
         where d.created_at < before and (d.state in ('sent', 'failed') or d.state = 'uncertain' and d.repeated)
      ) r;
    delete from notice_deliveries d
     where d.created_at < before and (d.state in ('sent', 'failed') or d.state = 'uncertain' and d.repeated);
  elsif kept_kind = 'setup-links' then
    select count(*)::integer, min(r.expires_at), max(r.expires_at),
           encode(sha256(string_agg(sha256(convert_to(to_jsonb(r)::text, 'UTF8')), ''::bytea order by r.hash)), 'hex')
      into gone, first_at, last_at, proof
      from (select l.* from setup_links l where l.expires_at < before for update) r;
    delete from setup_links l where l.expires_at < before;
  else
    raise exception 'rows of this kind are not removed' using errcode = 'check_violation';
  end if;
  insert into retention_proofs as p (kind, checked_at, removed_at, removed, digest, oldest, newest)
  select kept_kind, now(), case when gone > 0 then now() end, nullif(gone, 0), proof, first_at, last_at
  on conflict (kind) do update
     set checked_at = excluded.checked_at,
         removed_at = coalesce(excluded.removed_at, p.removed_at),
         removed = coalesce(excluded.removed, p.removed),
         digest = coalesce(excluded.digest, p.digest),
         oldest = coalesce(excluded.oldest, p.oldest),
         newest = coalesce(excluded.newest, p.newest);
  return next;
end
$$;

grant execute on function remove_outdated, change_retention_term to dudao_app;
