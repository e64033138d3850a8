import { describe, expect, test } from 'vitest';
import { statusNames } from '../casefiles/casefile.model.ts';
import { cameraNotes, kindOf, photoProblems, pointOf, type Stage, stageNames, takenAtOf } from './photo.model.ts';
import { type PhotoFacts, photoTable, wayFor } from './photo.workflow.ts';
