import { formatBaseToHead, formatPercent, formatQuantity, unbroken } from '../render/quantity.ts';
import { plainVerdictWords } from '../render/verdict.ts';
import type { MetricReport } from '../report/report.ts';
import { Delta } from './controls.tsx';

/** The metrics of the benchmark, each with its numbers: a table and a switch in one. */
export function MetricChoice(props: {
  readonly metrics: readonly MetricReport[];
  readonly value: MetricReport['metric']['id'];
  readonly onChange: (id: MetricReport['metric']['id']) => void;
}) {
  const chosen = props.metrics.find(({ metric }) => metric.id === props.value);
  return (
    <fieldset class="metrics">
      <legend class="visually-hidden">Metric</legend>
      <div class="metric-cards">
        {props.metrics.map((report, i) => {
          const { metric, base, head } = report;
          return (
            <label key={metric.id} class="metric-card" title={`${metric.meaning} Key ${i + 1}`}>
              <input
                type="radio"
                name="metric"
                checked={metric.id === props.value}
                onChange={() => props.onChange(metric.id)}
              />
              <span class="metric-name">{metric.label}</span>
              <span class="metric-values">
                {base === null || base === head
                  ? formatQuantity(metric.unit, head)
                  : unbroken(formatBaseToHead(metric.unit, base, head))}
              </span>
              <span class="metric-change">
                {base === null ? (
                  'no base'
                ) : base === head ? (
                  'no change'
                ) : (
                  <Delta base={report.isAdvisory || report.verdict === 'unchanged' ? head : base} head={head}>
                    {formatPercent(base, head)} {plainVerdictWords(report)}
                  </Delta>
                )}
              </span>
            </label>
          );
        })}
      </div>
      <p class="muted small metric-meaning">
        {chosen?.metric.meaning}
        {chosen?.metric.id === 'peak' && chosen.base !== null && ' Base and head have moments of their own.'}
      </p>
    </fieldset>
  );
}
