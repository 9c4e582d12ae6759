import { entryFieldTitles } from '#domain/inspection/field-titles.ts';
import {
  degreeTitles,
  inspectorKindTitles,
  inspectorStageTitles,
  inspectorStateTitles,
  sexTitles,
} from '#domain/inspection/inspector.ts';
import type { AuditWords } from '../kit/acts.words.ts';

export const auditWords: AuditWords = {
  subjects: { inspector: '督学名册' },
  acts: {
    'inspector.entered': '登记督学',
    'inspector.imported': '导入督学名册',
    'inspector.edited': '修改督学登记表',
    'inspector.filled': '本人填写登记表',
    'inspector.declared': '督学申报回避',
    'inspector.recommended': '推荐督学',
    'inspector.reviewed': '审核督学',
    'inspector.confirmed': '复审督学',
    'inspector.publicised': '公示督学',
    'inspector.appointed': '公布聘任督学',
    'inspector.renewed': '续聘督学',
    'inspector.returned': '退回督学登记表',
    'inspector.ended': '督学离任',
    'inspector.withdrawn': '撤销督学聘任',
    'inspector.reopened': '重新登记督学',
    'inspector.undone': '撤销督学办理',
    'inspector.paperHanded': '登记学期材料',
    'inspector.photographSet': '登记督学照片',
    'inspector.letterWanted': '拟聘书',
  },
  fields: {
    ...entryFieldTitles,
    inspectorKind: '督学类别',
    inspectorState: '督学状态',
    publicNoticeFrom: '公示开始',
    publicNoticeTo: '公示结束',
    termFrom: '任期开始',
    termTo: '任期结束',
    paper: '材料',
    half: '学期',
  },
  values: {
    inspectorKind: inspectorKindTitles,
    inspectorState: inspectorStateTitles,
    degree: degreeTitles,
    sex: sexTitles,
    stages: inspectorStageTitles,
  },
};
