/** Who sends people out to look things over; who publishes what they look at. */
export const inspectors = ['community_head', 'leader', 'inspector'] as const;
export const checklistMakers = ['leader', 'inspector'] as const;
