import { readPanelRules } from '#domain/evaluation/campaign/panel-rules.shape.ts';
import { readInspectorRules } from '#domain/inspection/inspector-rules.shape.ts';
import rules from '../../../../reference/evaluations/panel-rules.json' with { type: 'json' };
import inspection from '../../../../reference/inspection/inspector-rules.json' with { type: 'json' };

/** The rules for panels that came with the product. */
export const panelRules = readPanelRules(rules);

/** Of the rules for inspectors, those of avoidance. */
export const inspectorRules = readInspectorRules(inspection);
