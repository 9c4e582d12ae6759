import { citedEdition } from '../../framework/edition/edition-mark.ts';
import { figureToken } from '../../letter/figure.ts';
import { kindOf } from '../kind.ts';
import { type EvaluationFigure, type OpinionLetterScene, opinionLetter, type WantedLetter } from '../opinion.ts';
import { jointlySaid, ourOffice } from './letter-words.ts';

/**
 * The notice of the result (督导结果通报; 《教育督导条例》, 国务院令第 624 号, 第二十三条: results are made known) as the parts of a letter: total,
 * conclusion and how many problems go into the ledger, each figure with where it comes from.
 */
export function resultLetter(scene: OpinionLetterScene): WantedLetter {
  const { kind, subjectName, assessmentYear, jointly, findings } = scene;
  const { short } = kindOf(kind);
  const opinion = opinionLetter(scene);
  const quoted: readonly EvaluationFigure[] = ['evaluations.total', 'evaluations.conclusion'];
  const figures = opinion.figures
    .filter(({ asked }) => (quoted as readonly string[]).includes(asked.query))
    .map((figure, at) => ({ ...figure, key: at + 1 }));
  const said = (query: EvaluationFigure) => {
    const key = figures.find(({ asked }) => asked.query === query)?.key;
    return key === undefined ? null : figureToken(key);
  };
  const conclusion = said('evaluations.conclusion');
  const total = said('evaluations.total');
  const results = [
    ...(total === null ? [] : [`评定得分 ${total} 分`]),
    ...(conclusion === null ? [] : [`结论为：${conclusion}`]),
  ];
  // An edition without points gives a conclusion alone.
  const result = `${results.length === 0 ? '本次评估不评分、不定等次' : results.join('，')}。`;
  const ledger =
    findings.length === 0
      ? '本次督导没有列入整改台账的问题，请继续改进工作。'
      : `督导发现的 ${findings.length} 个问题已列入整改台账，请按督导意见书的要求在期限内完成整改。${ourOffice}将对整改情况进行核查（《教育督导条例》第二十二条）。`;
  return {
    title: `关于${subjectName} ${assessmentYear} 年${short}结果的通报`,
    addressees: opinion.addressees,
    body: [
      {
        kind: 'paragraph',
        text: `根据《教育督导条例》（国务院令第 624 号），现将 ${assessmentYear} 年${short}的结果通报如下。${jointlySaid(jointly)}评估使用的指标体系为${citedEdition(scene.prepared.edition)}。`,
      },
      { kind: 'heading', level: 1, text: '评估结果' },
      { kind: 'paragraph', text: `${subjectName}：${result}` },
      { kind: 'heading', level: 1, text: '整改要求' },
      { kind: 'paragraph', text: ledger },
    ],
    figures,
  };
}
