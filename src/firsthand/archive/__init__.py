"""Archives of millions of documents: read, mark and trace over partitions on Apache Spark; cases are cut from them.

The same pure functions as for a case. Spark moves and schedules; what is computed stands in the verbs and in `blocks`,
which knows nothing of Spark. Nothing outside this package imports pyspark; `cuts` needs pyarrow only.
"""
