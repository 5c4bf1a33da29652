# Counts, sorts and rewrites words.
use strict;
use warnings;

my %count;
my @lines;
for my $number (1 .. 4000) {
    my $word = "word" . ($number % 211);
    $count{$word}{$number % 5}++;
    push @lines, join("-", $word, $number, "x" x ($number % 50));
}
my @sorted = sort { $a cmp $b } map { my $line = $_; $line =~ s/(\d+)-(\d+)/$2+$1/; $line } @lines;
my %first = map { substr($_, 0, 6) => $_ } @sorted;
print scalar(@sorted), " ", scalar(keys %first), " ", scalar(keys %count), "\n";
