import type { Reaction } from '../../../kernel/reaction.ts';
import { publish } from './publication.commands.ts';
import { publicSteps } from './publication.model.ts';

export const publicationReactions: readonly Reaction[] = [
  { name: 'publication: show the public', on: [...publicSteps], react: publish },
];
