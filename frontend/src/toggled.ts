/** The items without one that is among them, or with one that is not. */
export function toggled<Item>(items: ReadonlySet<Item>, item: Item): ReadonlySet<Item> {
  const others = new Set(items);
  if (!others.delete(item)) others.add(item);
  return others;
}
