import { type InspectorRules, readInspectorRules } from '#domain/inspection/inspector-rules.shape.ts';
import rules from '../../../../reference/inspection/inspector-rules.json' with { type: 'json' };

/** The rules that came with the product. */
export const inspectorRules: InspectorRules = readInspectorRules(rules);
