(() => {
  "use strict";
  const LIGHT = ["#2563eb", "#d9620b", "#0f8a5f", "#b5309a", "#6d4bd8", "#0b87a8", "#7a7a0a", "#c7253e"];
  const DARK = ["#7aa7ff", "#ffa25c", "#4fd1a0", "#f08ad8", "#b49cff", "#5ccbe6", "#d3d35c", "#ff8593"];
  const LABELS_SHOWN = 150;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const ink = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const data = JSON.parse(document.getElementById("charts").textContent);
  const short = value => {
    const size = Math.abs(value);
    if (size !== 0 && (size >= 1e6 || size < 1e-3)) return value.toExponential(2);
    return Number(value.toPrecision(5)).toLocaleString("en", { maximumSignificantDigits: 6 });
  };

  // A logarithmic axis has more ticks than there is room for: 1, 2 and 5 of each power of ten are enough.
  const roundRatio = (value, scale) => {
    const first = Number(Number(value).toExponential().split("e")[0]);
    return (scale.max / scale.min >= 10 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 7]).includes(first);
  };

  // Draws the labels of points beside them, skipping one that would cover another.
  const pointLabels = {
    id: "pointLabels",
    afterDatasetsDraw(chart) {
      const taken = [];
      const ctx = chart.ctx;
      ctx.save();
      ctx.font = "11px system-ui, sans-serif";
      ctx.textBaseline = "middle";
      ctx.fillStyle = ink("--ink");
      chart.data.datasets.forEach((set, index) => {
        if (!set.labels || set.labels.length > 20 * LABELS_SHOWN || !chart.isDatasetVisible(index)) return;
        chart.getDatasetMeta(index).data.forEach((dot, i) => {
          if (!set.labels[i] || taken.length >= LABELS_SHOWN) return;
          const box = { x: dot.x + 6, y: dot.y - 7, w: ctx.measureText(set.labels[i]).width, h: 14 };
          if (box.x + box.w > chart.chartArea.right + 4) box.x = dot.x - 6 - box.w;
          const hit = o => box.x < o.x + o.w && o.x < box.x + box.w && box.y < o.y + o.h && o.y < box.y + box.h;
          if (taken.some(hit)) return;
          taken.push(box);
          ctx.fillText(set.labels[i], box.x, dot.y);
        });
      });
      ctx.restore();
    },
  };

  const axis = spec => ({
    type: spec.log ? "logarithmic" : "linear",
    title: { display: spec.label !== "", text: spec.label, color: ink("--soft") },
    grid: { color: ink("--grid") },
    border: { color: ink("--line") },
    ticks: { color: ink("--soft"), maxRotation: 0,
      callback(value) { return spec.log && !roundRatio(value, this) ? "" : short(value); } },
  });

  const dataset = (chart, series, colour) => {
    const set = { label: series.name, borderColor: colour, backgroundColor: colour, labels: series.labels };
    if (chart.kind === "bar") {
      return { ...set, data: series.y, borderRadius: 4, maxBarThickness: 56 };
    }
    const few = series.x.length <= 60;
    const number = value => value === null ? NaN : value;
    const points = series.x.map((x, i) => ({ x: number(x), y: number(series.y[i]) }));
    return { ...set, data: points, borderWidth: 2, tension: 0,
      pointRadius: chart.kind === "scatter" ? (few ? 4 : 2.5) : few ? 3 : 0, pointHitRadius: 8 };
  };

  const ascending = series => series.x.every((x, i) => x !== null && (i === 0 || x >= series.x[i - 1]));

  const draw = (canvas, chart) => {
    // Without parsing Chart.js thins long curves out, and takes them to be sorted.
    const sorted = chart.kind === "line" && chart.series.every(ascending);
    const colours = dark.matches ? DARK : LIGHT;
    const bar = chart.kind === "bar";
    const flat = { ...axis({ label: "", log: false }), type: "category" };
    flat.ticks = { color: ink("--soft"), maxRotation: 60, autoSkip: true };
    flat.grid = { display: false };
    const y = axis(chart.y);
    if (bar && !chart.y.log) y.beginAtZero = true;
    return new Chart(canvas, {
      type: chart.kind,
      data: { labels: chart.categories, datasets: chart.series.map((s, i) => dataset(chart, s, colours[i % colours.length])) },
      options: {
        animation: false, responsive: true, maintainAspectRatio: false, parsing: sorted ? false : undefined,
        interaction: chart.kind === "line" ? { mode: "nearest", axis: "x", intersect: false } : { mode: "nearest", intersect: true },
        scales: { x: bar ? flat : axis(chart.x), y },
        plugins: {
          legend: { display: chart.series.length > 1, labels: { color: ink("--ink"), boxWidth: 12, boxHeight: 12 } },
          decimation: { enabled: sorted, algorithm: "lttb", samples: 800, threshold: 2000 },
          tooltip: { callbacks: {
            title: items => !items.length ? "" : bar ? items[0].label : chart.x.label + " " + short(items[0].parsed.x),
            label: item => {
              const name = (item.dataset.labels || [])[item.dataIndex];
              return (name || item.dataset.label) + ": " + short(item.parsed.y);
            },
          } },
        },
      },
      plugins: chart.kind === "scatter" ? [pointLabels] : [],
    });
  };

  const canvases = [...document.querySelectorAll("canvas[data-chart]")];
  let drawn = [];
  const drawAll = () => {
    drawn.forEach(chart => chart.destroy());
    drawn = canvases.map(canvas => draw(canvas, data[Number(canvas.dataset.chart)]));
  };
  drawAll();
  dark.addEventListener("change", drawAll);
})();
