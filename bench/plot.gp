# Requests a second of service, F1 and F4 by clients; bench/harness/report.py puts the data in front.
set terminal svg size 900,400 font "sans-serif,12" background rgb "white"
set multiplot layout 1,2
set style data histograms
set style histogram clustered gap 1
set style fill solid
set boxwidth 0.9
set grid y
set yrange [0:*]
set format y "%.0s%c"
set xlabel "clients"
set ylabel "requests a second"
set key outside bottom center horizontal
set title "Detokenize, ".rows." rows"
plot $detokenize using 2:xtic(1) title "service" lc rgb "#1b6ca8", '' using 3 title "F1" lc rgb "#9aa5b1", '' using 4 title "F4" lc rgb "#d3d9de"
set title "Tokenize, ".rows." rows"
plot $tokenize using 2:xtic(1) title "service" lc rgb "#1b6ca8", '' using 3 title "F1" lc rgb "#9aa5b1", '' using 4 title "F4" lc rgb "#d3d9de"
