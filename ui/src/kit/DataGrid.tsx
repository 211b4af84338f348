import { ArrowDown, ArrowUp } from "lucide-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useEffect, useId, useRef, type CSSProperties, type KeyboardEvent, type ReactNode } from "react";
import { look } from "./look";
import { useStore } from "./store";

export interface Column<T> {
  key: string;
  header: string;
  /** A grid track: "160px", "minmax(0,1fr)". */
  width: string;
  cell: (row: T) => ReactNode;
  /** Hidden when the window is narrow or zoomed in. */
  spare?: boolean;
}

/** By which column the rows are sorted, and which way. */
export interface Sorted {
  by: string;
  descending: boolean;
}

export interface DataGridProps<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  active: number;
  onActive: (index: number) => void;
  onOpen: (row: T, index: number) => void;
  onReachEnd?: () => void;
  id?: string;
  /** What tests find a row by; where rows differ in kind, by its kind. */
  rowTestId?: string | ((row: T) => string);
  testId?: string;
  total?: number;
  /** How the rows are sorted. Where it is given, each heading is a button. */
  sorted?: Sorted;
  onSort?: (by: string) => void;
}

/** How many rows are drawn above and below those in view, ready for the first turn of the wheel. */
const AHEAD = 4;
/** The height of the heading row, which stays while the rows scroll under it. */
const HEAD = 33;
/** Browsers stop counting pixels somewhere above this. */
const TALLEST = 8_000_000;

export function rowId(grid: string, index: number): string {
  return `${grid}-row-${index}`;
}

/** Answers the keys that move through a list. Returns the new place, or null when the key is not one of them. */
export function movedBy(key: string, active: number, count: number): number | null {
  if (count === 0) return null;
  const last = count - 1;
  switch (key) {
    case "ArrowDown":
      return Math.min(last, active + 1);
    case "ArrowUp":
      return Math.max(0, active - 1);
    case "PageDown":
      return Math.min(last, Math.max(0, active) + 10);
    case "PageUp":
      return Math.max(0, active - 10);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}

/** Draws the rows in view, keeps the active one in view, and says when the end is near. */
function useRows<T>({ rows, active, onReachEnd }: DataGridProps<T>) {
  const scroller = useRef<HTMLDivElement>(null);
  const height = useStore(look).density === "compact" ? 28 : 34;
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => height, overscan: AHEAD, scrollMargin: HEAD, scrollPaddingStart: HEAD });
  useEffect(() => virtual.measure(), [height, virtual]);
  useEffect(() => {
    if (active >= 0 && active < rows.length) virtual.scrollToIndex(active, { align: "auto" });
  }, [active, rows.length, virtual]);
  const items = virtual.getVirtualItems();
  const lastShown = items[items.length - 1]?.index ?? -1;
  useEffect(() => {
    if (onReachEnd && rows.length > 0 && lastShown >= rows.length - 5) onReachEnd();
  }, [lastShown, rows.length, onReachEnd]);
  return { scroller, items, tall: Math.min(virtual.getTotalSize(), TALLEST) };
}

/** The grid tracks, with and without the columns that can be spared. */
function tracksOf<T>(columns: readonly Column<T>[]): CSSProperties {
  return {
    "--wide": columns.map((column) => column.width).join(" "),
    "--narrow": columns.filter((column) => !column.spare).map((column) => column.width).join(" "),
  } as CSSProperties;
}

/**
 * A long list, drawn only where one looks. One tab stop; arrows move, Enter opens. It is drawn again only when what it
 * is given changes, so give it the same columns and functions each time.
 */
export const DataGrid = memo(DataGridItself) as typeof DataGridItself;

function DataGridItself<T>(props: DataGridProps<T>) {
  const { label, columns, rows, active, onActive, onOpen, testId, total } = props;
  const own = useId();
  const id = props.id ?? own;
  const { scroller, items, tall } = useRows(props);
  const keys = (event: KeyboardEvent) => {
    // A heading that is pressed is no row that is opened.
    if (event.target instanceof Element && event.target.closest(".kw-sort")) return;
    const row = rows[active];
    if (event.key === "Enter" && row !== undefined) {
      event.preventDefault();
      onOpen(row, active);
      return;
    }
    const next = movedBy(event.key, active, rows.length);
    if (next === null) return;
    event.preventDefault();
    onActive(next);
  };
  return (
    <div
      className="kw-grid"
      role="grid"
      id={id}
      aria-label={label}
      aria-rowcount={total ?? rows.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={active >= 0 && active < rows.length ? rowId(id, active) : undefined}
      tabIndex={0}
      ref={scroller}
      onKeyDown={keys}
      data-testid={testId}
      style={tracksOf(columns)}
    >
      <div className="kw-grid-head" role="row" aria-rowindex={1}>
        {columns.map((column) => <Heading key={column.key} column={column} sorted={props.sorted} onSort={props.onSort} testId={testId} />)}
      </div>
      <div className="kw-grid-space" role="rowgroup" style={{ height: tall }}>
        {items.map((item) => {
          const row = rows[item.index];
          // A row's place is its key: new results are written into the rows that stand there, which is quicker than new ones.
          return row === undefined ? null : (
            <GridRow key={item.index} id={rowId(id, item.index)} columns={columns} row={row} index={item.index} active={item.index === active} height={item.size} top={item.start - HEAD} onActive={onActive} onOpen={onOpen} testId={typeof props.rowTestId === "function" ? props.rowTestId(row) : props.rowTestId} />
          );
        })}
      </div>
    </div>
  );
}

type HeadingProps<T> = Pick<DataGridProps<T>, "sorted" | "onSort" | "testId"> & { column: Column<T> };

/** A heading; where rows can be sorted, the button that does it. */
function Heading<T>({ column, sorted, onSort, testId }: HeadingProps<T>) {
  const spare = column.spare ? "kw-spare" : undefined;
  if (!sorted || !onSort) return <div role="columnheader" className={spare}>{column.header}</div>;
  const here = sorted.by === column.key;
  const Arrow = sorted.descending ? ArrowDown : ArrowUp;
  return (
    <div role="columnheader" className={spare} aria-sort={here ? (sorted.descending ? "descending" : "ascending") : "none"}>
      <button type="button" className="kw-sort" onClick={() => onSort(column.key)} data-testid={testId ? `${testId}-by-${column.key}` : undefined}>
        <span className="kw-clip">{column.header}</span>
        {here ? <Arrow size={12} aria-hidden="true" /> : null}
      </button>
    </div>
  );
}

interface GridRowProps<T> extends Pick<DataGridProps<T>, "columns" | "onActive" | "onOpen"> {
  testId: string | undefined;
  id: string;
  row: T;
  index: number;
  active: boolean;
  height: number;
  top: number;
}

const GridRow = memo(GridRowItself) as typeof GridRowItself;

function GridRowItself<T>({ columns, id, row, index, active, height, top, onActive, onOpen, testId }: GridRowProps<T>) {
  return (
    // The grid itself takes the keys; a row only takes the pointer.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={active}
      className="kw-grid-row"
      style={{ height, transform: `translateY(${top}px)` }}
      onMouseDown={() => onActive(index)}
      onClick={() => onOpen(row, index)}
      data-testid={testId}
    >
      {columns.map((column) => (
        <div key={column.key} role="gridcell" className={column.spare ? "kw-spare" : undefined}>{column.cell(row)}</div>
      ))}
    </div>
  );
}
