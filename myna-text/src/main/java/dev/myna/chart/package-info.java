/**
 * Self-contained HTML pages with texts, tables and charts: what a run leaves for a person to look
 * at. A {@link dev.myna.chart.ChartPage} is filled from top to bottom and written as one file that
 * needs no network.
 */
@NullMarked
@CheckReturnValue
package dev.myna.chart;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
