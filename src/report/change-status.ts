/** What became of a function or a stack between base and head. */
export type ChangeStatus = 'gone' | 'new' | 'moved' | 'grew' | 'shrank' | 'changed inside' | 'unchanged';

/** Costs of one side and the other, and how much of them went, came and moved. */
export interface Change {
  readonly base: number;
  readonly head: number;
  readonly gone: number;
  readonly added: number;
  readonly moved: number;
}

/** `moved`: nothing went or came but for what other stacks gave up or took over. */
export function changeStatus({ base, head, gone, added, moved }: Change): ChangeStatus {
  if (gone + added === 0) return moved > 0 ? 'moved' : 'unchanged';
  if (base === 0) return 'new';
  if (head === 0) return 'gone';
  if (base === head) return 'changed inside';
  return head > base ? 'grew' : 'shrank';
}
